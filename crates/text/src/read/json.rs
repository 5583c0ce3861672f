//! Articles as JSON: one a line, one alone, or a list, under the names that archives use.

use std::io::BufRead;
use std::ops::ControlFlow;

use base::BlockKind;
use serde_json::Value;

use super::error::{Place, ReadError};
use super::lines::{self, Piece};
use super::{Article, Draft, JSON, Origin, Take, clean, date, decode, shape};

const TEXT: [&str; 7] = [
    "text",
    "body",
    "content",
    "articleBody",
    "full_text",
    "maintext",
    "content_text",
];
const TITLE: [&str; 3] = ["title", "headline", "name"];
const DAY: [&str; 9] = [
    "date",
    "published",
    "publishedAt",
    "pubDate",
    "date_published",
    "datePublished",
    "published_at",
    "date_publish",
    "publication_date",
];
const OUTLET: [&str; 5] = ["outlet", "publisher", "source", "site", "source_domain"];
const AUTHOR: [&str; 4] = ["author", "authors", "byline", "creator"];
const URL: [&str; 3] = ["url", "link", "source_url"];

/// Whether the first line of some JSON is a value by itself.
pub(super) fn is_one_a_line(start: &str) -> bool {
    let (line, more) = start.split_once('\n').unwrap_or((start, ""));
    let whole = serde_json::from_str::<&serde_json::value::RawValue>(line.trim()).is_ok();
    whole || (more.is_empty() && start.len() > 1024)
}

pub(super) fn each_line(
    input: &mut dyn BufRead,
    origin: &Origin,
    take: &mut Take<'_>,
) -> Result<(), ReadError> {
    for number in 1.. {
        let place = origin.place(Some(("line", number)));
        let flow = match lines::line(input, &place)? {
            Piece::End => break,
            Piece::TooLarge => take(Err(lines::too_large(&place))),
            Piece::Whole(line) if line.iter().all(u8::is_ascii_whitespace) => continue,
            Piece::Whole(line) => take(article(&line, origin, place)),
        };
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

/// One article, or a list of them, under a name or bare.
pub(super) fn each_of(bytes: &[u8], origin: &Origin, take: &mut Take<'_>) -> Result<(), ReadError> {
    let place = origin.place(None);
    let value = parse(bytes, &place)?;
    let list = ["articles", "items", "data", "results", "documents"];
    let items = value
        .as_array()
        .or_else(|| list.iter().find_map(|name| value[*name].as_array()));
    let Some(items) = items else {
        let _ = take(article(bytes, origin, place));
        return Ok(());
    };
    for (nth, item) in items.iter().enumerate() {
        let place = origin.place(Some(("item", nth as u64 + 1)));
        let own = item.to_string();
        if take(article(own.as_bytes(), origin, place)) == ControlFlow::Break(()) {
            break;
        }
    }
    Ok(())
}

fn parse(bytes: &[u8], place: &Place) -> Result<Value, ReadError> {
    let text = decode::decode(bytes, None);
    serde_json::from_str(text.trim()).map_err(|e| ReadError::Malformed {
        place: place.clone(),
        what: "JSON",
        reason: e.to_string(),
    })
}

/// The first of some fields that holds words: a string, the first of a list, or the name of an object.
pub(super) fn words(value: &Value, names: &[&str]) -> Option<String> {
    let found = names.iter().map(|n| &value[*n]).find_map(plain);
    found.map(|t| clean::one_line(&t)).filter(|t| !t.is_empty())
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Array(list) => list.iter().find_map(plain),
        Value::Object(fields) => fields.get("name").and_then(plain),
        _ => None,
    }
}

pub(super) fn day(value: &Value, names: &[&str]) -> Option<base::Day> {
    names.iter().map(|n| &value[*n]).find_map(|v| match v {
        Value::String(text) => date::day(text),
        Value::Number(n) => n.as_f64().and_then(date::day_of_number),
        _ => None,
    })
}

pub(super) fn article(bytes: &[u8], origin: &Origin, place: Place) -> Result<Article, ReadError> {
    let value = parse(bytes, &place)?;
    let text = TEXT.iter().map(|n| &value[*n]).find_map(plain);
    let title = words(&value, &TITLE);
    if !value.is_object() || (text.is_none() && title.is_none()) {
        return Err(ReadError::Malformed {
            place,
            what: "article",
            reason: "no field «text» or «title»".to_string(),
        });
    }
    let text = clean::clean(&text.unwrap_or_default());
    let is_page = text.trim_start().starts_with('<') && text.contains("</");
    let pieces = if is_page {
        let title = title.iter().map(|t| (BlockKind::Title, t.clone()));
        title.chain(super::html::blocks_of(&text)).collect()
    } else {
        shape::shape(&text, title.as_deref())
    };
    let draft = Draft {
        title,
        pieces,
        outlet: words(&value, &OUTLET),
        url: words(&value, &URL),
        author: words(&value, &AUTHOR),
        published: day(&value, &DAY),
    };
    Ok(Article {
        document: draft.document(origin, place)?,
        original: bytes.to_vec(),
        media_type: JSON.to_string(),
    })
}
