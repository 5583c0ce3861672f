//! One article, cleaned once and never changed again.

use std::fmt;

use crate::{Basis, Day, Span, Timestamp};

/// The most text that one document may hold, in bytes.
pub const TEXT_LIMIT_BYTES: usize = 4 << 20;

/// The name of a document: the first 16 bytes, in hex, of the BLAKE3 hash of what it says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub String);

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The language a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Arabic.
    Arabic,
    /// English.
    English,
    /// Any other language: read and kept, not coded yet.
    Other,
}

impl Language {
    /// The ISO 639-1 code; `und` for any other.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::Arabic => "ar",
            Language::English => "en",
            Language::Other => "und",
        }
    }

    /// The language of an ISO 639-1 code, with or without a region (`ar-EG`).
    #[must_use]
    pub fn from_code(code: &str) -> Language {
        match code.split(['-', '_']).next() {
            Some("ar") => Language::Arabic,
            Some("en") => Language::English,
            _ => Language::Other,
        }
    }
}

/// What a piece of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The line above the title.
    Kicker,
    /// The title.
    Title,
    /// Who wrote it.
    Byline,
    /// The opening summary.
    Lede,
    /// A heading inside the text.
    Heading,
    /// The words under a picture.
    Caption,
    /// Running text.
    Paragraph,
    /// Words of the page, not of the article.
    Boilerplate,
}

impl BlockKind {
    /// The word for it in JSON and in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Kicker => "kicker",
            BlockKind::Title => "title",
            BlockKind::Byline => "byline",
            BlockKind::Lede => "lede",
            BlockKind::Heading => "heading",
            BlockKind::Caption => "caption",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Boilerplate => "boilerplate",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<BlockKind> {
        use BlockKind::{Boilerplate, Byline, Caption, Heading, Kicker, Lede, Paragraph, Title};
        [
            Kicker,
            Title,
            Byline,
            Lede,
            Heading,
            Caption,
            Paragraph,
            Boilerplate,
        ]
        .into_iter()
        .find(|k| k.name() == name)
    }

    /// Whether claims are read from it.
    #[must_use]
    pub fn is_read(self) -> bool {
        !matches!(
            self,
            BlockKind::Byline | BlockKind::Caption | BlockKind::Boilerplate
        )
    }
}

/// One piece of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

/// A day of publication and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub day: Day,
    /// How it was found: `Stated` in the text or, with no span, in the page's metadata.
    pub basis: Option<Basis>,
}

/// One article.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    id: DocumentId,
    text: String,
    blocks: Vec<Block>,
    /// The publisher, as the page or the feed names it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The language of its text.
    pub language: Language,
    /// The day of publication, where it can be known.
    pub published: Option<Dated>,
    /// When we could first have read it.
    pub available: Timestamp,
}

/// Why some blocks make no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotADocument {
    /// More text than one document may hold.
    #[error("the article holds {0} bytes of text; at most {TEXT_LIMIT_BYTES} are read")]
    TooLong(usize),
    /// No text at all.
    #[error("the article holds no text")]
    Empty,
}

impl Document {
    /// A document of these blocks, in reading order, joined by empty lines.
    ///
    /// The name is a hash of outlet, day of publication and text, so that the
    /// same article read twice is the same document.
    ///
    /// # Errors
    /// When there is no text, or more of it than [`TEXT_LIMIT_BYTES`].
    pub fn new<'a>(
        pieces: impl IntoIterator<Item = (BlockKind, &'a str)>,
        language: Language,
        available: Timestamp,
    ) -> Result<Document, NotADocument> {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (kind, piece) in pieces {
            let piece = piece.trim();
            if piece.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(piece);
            if text.len() > TEXT_LIMIT_BYTES {
                return Err(NotADocument::TooLong(text.len()));
            }
            blocks.push(Block {
                kind,
                span: Span::of(start..text.len()),
            });
        }
        if text.is_empty() {
            return Err(NotADocument::Empty);
        }
        let mut made = Document {
            id: DocumentId(String::new()),
            text,
            blocks,
            outlet: None,
            url: None,
            author: None,
            language,
            published: None,
            available,
        };
        made.name();
        Ok(made)
    }

    /// Sets outlet, address, author and day, which belong to the document's name, at once.
    #[must_use]
    pub fn described(
        mut self,
        outlet: Option<String>,
        url: Option<String>,
        author: Option<String>,
        published: Option<Dated>,
    ) -> Document {
        (self.outlet, self.url, self.author, self.published) = (outlet, url, author, published);
        self.name();
        self
    }

    fn name(&mut self) {
        let mut hash = blake3::Hasher::new();
        for part in [
            self.outlet.as_deref().unwrap_or(""),
            &self
                .published
                .map(|p| p.day.to_string())
                .unwrap_or_default(),
            &self.text,
        ] {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
        self.id = DocumentId(hash.finalize().to_hex()[..32].to_string());
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// The whole clean text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its pieces, in reading order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The title's place, where there is a title.
    #[must_use]
    pub fn title(&self) -> Option<Span> {
        self.blocks
            .iter()
            .find(|b| b.kind == BlockKind::Title)
            .map(|b| b.span)
    }

    /// The words at a place of this document.
    ///
    /// # Panics
    /// When the span is not of this document or cuts a character.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }
}

#[cfg(test)]
mod tests {
    use super::{BlockKind, Document, Language, NotADocument, TEXT_LIMIT_BYTES};
    use crate::Timestamp;

    fn make(text: &str) -> Result<Document, NotADocument> {
        Document::new(
            [(BlockKind::Paragraph, text)],
            Language::Arabic,
            Timestamp(0),
        )
    }

    #[test]
    fn the_same_words_make_the_same_document() {
        assert_eq!(make("قالت").unwrap().id(), make(" قالت ").unwrap().id());
        assert_ne!(make("قالت").unwrap().id(), make("قال").unwrap().id());
    }

    #[test]
    fn a_document_has_some_text_and_not_too_much() {
        assert_eq!(make(" \n"), Err(NotADocument::Empty));
        assert!(matches!(
            make(&"ا".repeat(TEXT_LIMIT_BYTES)),
            Err(NotADocument::TooLong(_))
        ));
    }
}
