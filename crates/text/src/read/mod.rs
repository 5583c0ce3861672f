//! From bytes to articles: formats told by content, encodings by what they give, one clean text each.
//!
//! A bad article is handed over as an error and the next one is read.

mod clean;
mod date;
mod decode;
mod error;
mod feed;
mod html;
mod json;
mod lines;
mod open;
mod shape;
mod warc;

use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

use base::{BlockKind, Dated, Day, Document, Timestamp};

pub use error::{Place, ReadError};
pub use open::unpack;

/// Where bytes come from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The path or address, for messages.
    pub name: String,
    /// The address, where there is one.
    pub url: Option<String>,
    /// What a server said that they are.
    pub media_type: Option<String>,
    /// The publisher, where it is known from elsewhere.
    pub outlet: Option<String>,
    /// When they could first be read.
    pub available: Timestamp,
}

/// One article and the very bytes that it was read from.
#[derive(Debug, Clone)]
pub struct Article {
    /// What was read.
    pub document: Document,
    /// One line of JSON, one page, one entry of a feed.
    pub original: Vec<u8>,
    /// What the bytes are, so that [`again`] reads them alike.
    pub media_type: String,
}

/// Takes each article as it is read.
pub type Take<'a> = dyn FnMut(Result<Article, ReadError>) -> ControlFlow<()> + 'a;

pub(crate) const PLAIN: &str = "text/plain";
pub(crate) const HTML: &str = "text/html";
pub(crate) const JSON: &str = "application/json";

/// Reads every article of a stream, gzip or zstd or neither; each is handed over once it is read.
///
/// # Errors
/// When the stream itself breaks; what came before was handed over.
pub fn each(input: impl BufRead, origin: &Origin, take: &mut Take<'_>) -> Result<(), ReadError> {
    let place = origin.place(None);
    let of_io = |e| ReadError::of_io(place.clone(), e);
    let mut input = open::unpack(input).map_err(of_io)?;
    let head = open::peek(&mut input, open::HEAD_BYTES).map_err(of_io)?;
    if decode::utf16(&head).is_some() {
        let mut whole = BufReader::new(std::io::Cursor::new(head).chain(input));
        let bytes = lines::rest(&mut whole, &place)?;
        let text = decode::decode(&bytes, None);
        return each(text.as_bytes(), origin, take);
    }
    let start = decode::decode(&head, origin.charset());
    let format = format_of(&head, &start);
    let mut whole = BufReader::new(std::io::Cursor::new(head).chain(input));
    match format {
        Format::Warc => warc::each(&mut whole, origin, take),
        Format::Lines => json::each_line(&mut whole, origin, take),
        Format::Json => json::each_of(&lines::rest(&mut whole, &place)?, origin, take),
        Format::Feed => feed::each(&lines::rest(&mut whole, &place)?, origin, take),
        Format::Html => {
            let bytes = lines::rest(&mut whole, &place)?;
            let _ = take(html::article(bytes, origin));
            Ok(())
        }
        Format::Plain => {
            let bytes = lines::rest(&mut whole, &place)?;
            let _ = take(plain(bytes, origin));
            Ok(())
        }
        Format::Binary(what) => Err(ReadError::NotText { place, what }),
    }
}

/// Reads the kept bytes of one article again.
///
/// # Errors
/// When they make no article.
pub fn again(original: &[u8], media_type: &str, origin: &Origin) -> Result<Article, ReadError> {
    match media_type {
        JSON => json::article(original, origin, origin.place(None)),
        HTML => html::article(original.to_vec(), origin),
        feed::ENTRY => feed::entry_again(original, origin),
        _ => plain(original.to_vec(), origin),
    }
}

enum Format {
    Warc,
    Lines,
    Json,
    Feed,
    Html,
    Plain,
    Binary(&'static str),
}

fn format_of(head: &[u8], start: &str) -> Format {
    let known = [
        (&b"%PDF"[..], "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"SQLite format 3", "a database"),
        (b"\x7FELF", "a program"),
    ];
    if let Some((_, what)) = known.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Format::Binary(what);
    }
    if head.iter().filter(|b| **b == 0).count() > (head.len() / 50).max(8) {
        return Format::Binary("binary data");
    }
    let start = start.trim_start_matches('\u{FEFF}').trim_start();
    let small: String = start.chars().take(4096).collect::<String>().to_lowercase();
    let has = |tags: &[&str]| tags.iter().any(|t| small.contains(t));
    match small.chars().next() {
        _ if start.starts_with("WARC/") => Format::Warc,
        Some('{') if small.contains("jsonfeed.org") => Format::Feed,
        Some('{') if json::is_one_a_line(start) => Format::Lines,
        Some('{') => Format::Json,
        Some('[') if small[1..].trim_start().starts_with('{') => Format::Json,
        Some('<') if has(&["<rss", "<feed", "<rdf:rdf"]) && !has(&["<html"]) => Format::Feed,
        Some('<')
            if has(&[
                "<html",
                "<!doctype",
                "<head",
                "<body",
                "<p",
                "<div",
                "<article",
                "<meta",
            ]) =>
        {
            Format::Html
        }
        _ => Format::Plain,
    }
}

impl Origin {
    fn place(&self, at: Option<(&'static str, u64)>) -> Place {
        Place {
            name: self.name.clone(),
            at,
        }
    }

    fn charset(&self) -> Option<&str> {
        self.media_type.as_deref()?.split("charset=").nth(1)
    }
}

/// What is known of an article before its document is made.
#[derive(Default)]
struct Draft {
    title: Option<String>,
    pieces: Vec<(BlockKind, String)>,
    outlet: Option<String>,
    url: Option<String>,
    author: Option<String>,
    published: Option<Day>,
}

impl Draft {
    /// The document: its day from metadata, else from its own words.
    fn document(self, origin: &Origin, place: Place) -> Result<Document, ReadError> {
        let outlet = self.outlet.or_else(|| origin.outlet.clone());
        let url = self.url.or_else(|| origin.url.clone());
        let all: String = self
            .pieces
            .iter()
            .map(|(_, t)| t.as_str())
            .take(40)
            .collect::<Vec<_>>()
            .join("\n");
        let language = crate::language(&all);
        let pieces = self.pieces.iter().map(|(k, t)| (*k, t.as_str()));
        let made = Document::new(pieces, language, origin.available)
            .map_err(|source| ReadError::NoDocument { place, source })?;
        let byline = || {
            let block = made.blocks().iter().find(|b| b.kind == BlockKind::Byline);
            block.map(|b| made.slice(b.span).to_string())
        };
        let author = self.author.or_else(byline);
        let stated = self.published.map(|day| Dated { day, basis: None });
        let published = stated.or_else(|| {
            crate::time::publication_day(made.text(), language, origin.available.day())
        });
        Ok(made.described(outlet, url, author, published))
    }
}

fn plain(original: Vec<u8>, origin: &Origin) -> Result<Article, ReadError> {
    let text = clean::clean(&decode::decode(&original, origin.charset()));
    let draft = Draft {
        pieces: shape::shape(&text, None),
        ..Draft::default()
    };
    Ok(Article {
        document: draft.document(origin, origin.place(None))?,
        original,
        media_type: PLAIN.to_string(),
    })
}
