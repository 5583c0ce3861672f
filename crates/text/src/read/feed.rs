//! RSS, Atom and JSON Feed: each entry is an article.

use std::ops::ControlFlow;

use base::BlockKind;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

use super::error::ReadError;
use super::{Article, Draft, Origin, Take, clean, date, decode, html, json as articles, shape};

/// The media type under which one entry of a feed is kept.
pub(super) const ENTRY: &str = "application/x-feed-entry+json";
const DEPTH: usize = 512;

pub(super) fn each(bytes: &[u8], origin: &Origin, take: &mut Take<'_>) -> Result<(), ReadError> {
    let text = decode::decode(bytes, origin.charset());
    let entries = if text.trim_start().starts_with('{') {
        json_feed(&text, origin)?
    } else {
        xml_feed(&text, origin)?
    };
    for entry in entries {
        let own = entry.to_string();
        if take(entry_again(own.as_bytes(), origin)) == ControlFlow::Break(()) {
            break;
        }
    }
    Ok(())
}

fn malformed(origin: &Origin, reason: String) -> ReadError {
    ReadError::Malformed {
        place: origin.place(None),
        what: "feed",
        reason,
    }
}

fn json_feed(text: &str, origin: &Origin) -> Result<Vec<Value>, ReadError> {
    let feed: Value = serde_json::from_str(text).map_err(|e| malformed(origin, e.to_string()))?;
    let items = feed["items"].as_array().cloned().unwrap_or_default();
    let entry = |item: Value| {
        let author = articles::words(&item, &["author", "authors"]);
        let text = articles::words(&item, &["content_html"])
            .or_else(|| item["content_text"].as_str().map(str::to_string));
        json!({"title": item["title"], "text": text.or_else(|| articles::words(&item, &["summary"])), "url": item["url"],
            "date": item["date_published"], "author": author, "outlet": feed["title"]})
    };
    Ok(items.into_iter().map(entry).collect())
}

/// The entries of RSS and Atom, by the local names of their elements. Entities beyond the five of
/// XML are left as they are written.
fn xml_feed(text: &str, origin: &Origin) -> Result<Vec<Value>, ReadError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut state = Feed::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = local(tag.local_name().as_ref());
                let link = link_of(&tag);
                state.open(name, link);
                if state.path.len() > DEPTH {
                    let place = origin.place(None);
                    return Err(ReadError::TooDeep {
                        place,
                        what: "this feed",
                        limit: DEPTH,
                    });
                }
            }
            Ok(Event::Empty(tag)) => {
                let name = local(tag.local_name().as_ref());
                let link = link_of(&tag);
                state.open(name, link);
                state.close();
            }
            Ok(Event::End(_)) => state.close(),
            Ok(Event::Text(t)) => state.text.push_str(&t),
            Ok(Event::CData(t)) => state.text.push_str(&t),
            Ok(Event::GeneralRef(r)) => state.text.push_str(&entity(&r)),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(e) if state.entries.is_empty() => return Err(malformed(origin, e.to_string())),
            Err(_) => break,
        }
    }
    let outlet = state.outlet;
    for entry in &mut state.entries {
        entry["outlet"] = json!(outlet);
    }
    Ok(state.entries)
}

fn entity(name: &str) -> String {
    let number = name
        .strip_prefix('#')
        .and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
    match name {
        "amp" => "&".to_string(),
        "lt" => "<".to_string(),
        "gt" => ">".to_string(),
        "quot" => "\"".to_string(),
        "apos" => "'".to_string(),
        "nbsp" => " ".to_string(),
        _ => number
            .and_then(char::from_u32)
            .map_or_else(String::new, String::from),
    }
}

fn local(name: &str) -> String {
    name.to_lowercase()
}

fn link_of(tag: &quick_xml::events::BytesStart<'_>) -> Option<String> {
    let attribute = |name: &str| {
        let found = tag.try_get_attribute(name).ok()??;
        Some(found.value.to_string())
    };
    let main = attribute("rel").is_none_or(|r| r == "alternate");
    attribute("href").filter(|_| main)
}

#[derive(Default)]
struct Feed {
    path: Vec<String>,
    text: String,
    entry: Option<Value>,
    entries: Vec<Value>,
    outlet: Option<String>,
}

impl Feed {
    fn open(&mut self, name: String, link: Option<String>) {
        if matches!(name.as_str(), "item" | "entry") && self.entry.is_none() {
            self.entry = Some(json!({}));
        }
        if let (Some(entry), Some(link), "link") = (&mut self.entry, link, name.as_str()) {
            entry["url"] = json!(link);
        }
        self.path.push(name);
        self.text.clear();
    }

    fn close(&mut self) {
        let Some(name) = self.path.pop() else { return };
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if matches!(name.as_str(), "item" | "entry") {
            self.entries.extend(self.entry.take());
            return;
        }
        let Some(entry) = &mut self.entry else {
            if name == "title" && self.outlet.is_none() && !text.is_empty() {
                self.outlet = Some(clean::one_line(text));
            }
            return;
        };
        let field = match name.as_str() {
            "title" => "title",
            "encoded" | "content" | "description" | "summary" => "text",
            "pubdate" | "published" | "date" | "updated" => "date",
            "creator" | "author" | "name" => "author",
            "link" => "url",
            _ => return,
        };
        let longer = entry[field]
            .as_str()
            .is_none_or(|old| field == "text" && text.len() > old.len());
        if !text.is_empty() && longer {
            entry[field] = json!(text);
        }
    }
}

/// One entry, as it is kept.
pub(super) fn entry_again(bytes: &[u8], origin: &Origin) -> Result<Article, ReadError> {
    let value: Value =
        serde_json::from_slice(bytes).map_err(|e| malformed(origin, e.to_string()))?;
    let title = articles::words(&value, &["title"]);
    let text = value["text"].as_str().unwrap_or_default();
    let mut pieces: Vec<(BlockKind, String)> = Vec::new();
    if text.contains('<') {
        pieces.extend(title.iter().map(|t| (BlockKind::Title, t.clone())));
        let wrapped = format!("<div>{text}</div>");
        pieces.extend(
            html::blocks_of(&wrapped)
                .into_iter()
                .filter(|(_, t)| Some(t) != title.as_ref()),
        );
    } else {
        pieces = shape::shape(&clean::clean(text), title.as_deref());
    }
    let draft = Draft {
        title,
        pieces,
        outlet: articles::words(&value, &["outlet"]),
        url: articles::words(&value, &["url"]),
        author: articles::words(&value, &["author"]),
        published: value["date"].as_str().and_then(date::day),
    };
    Ok(Article {
        document: draft.document(origin, origin.place(None))?,
        original: bytes.to_vec(),
        media_type: ENTRY.to_string(),
    })
}
