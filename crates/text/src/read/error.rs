//! What can go wrong while reading, said so that a reader can act on it.

use std::fmt;

/// Where something stands: the name of the stream and, in it, the line, record or entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path or URL.
    pub name: String,
    /// What is counted there («line», «record», «entry») and its number from 1.
    pub at: Option<(&'static str, u64)>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some((unit, number)) => write!(f, "{}, {unit} {number}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// Why an article, or the rest of a stream, was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The bytes could not be fetched from where they lie.
    #[error("{place}: the bytes cannot be read ({source}); check that the file is there and whole")]
    Unreadable {
        /// Where.
        place: Place,
        /// The cause.
        source: std::io::Error,
    },
    /// A packed or framed stream stops before its end.
    #[error(
        "{place}: the stream ends too early or is damaged ({reason}); what came before it was read, fetch the file again for the rest"
    )]
    CutShort {
        /// The last place that was whole.
        place: Place,
        /// What was met.
        reason: String,
    },
    /// One article takes more bytes than are read.
    #[error(
        "{place}: the article takes over {limit_bytes} bytes once unpacked and was skipped; cut it into smaller ones"
    )]
    TooLarge {
        /// Where.
        place: Place,
        /// The limit.
        limit_bytes: usize,
    },
    /// The stream goes on and on without an article.
    #[error(
        "{place}: over {limit_bytes} bytes without one article, so the rest was left unread; this looks like a zip bomb, check where the file comes from"
    )]
    Bomb {
        /// Where.
        place: Place,
        /// How much was passed over.
        limit_bytes: u64,
    },
    /// Marks stand in one another deeper than is read.
    #[error("{place}: {what} is nested more than {limit} deep; check that it is a news article")]
    TooDeep {
        /// Where.
        place: Place,
        /// HTML, XML or JSON.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// Something is not written as its format asks.
    #[error("{place}: this is no well-formed {what} ({reason}); mend or remove it")]
    Malformed {
        /// Where.
        place: Place,
        /// The format.
        what: &'static str,
        /// What was met.
        reason: String,
    },
    /// The bytes are no text.
    #[error(
        "{place}: this is {what}, not a text; give plain text, HTML, a feed, JSON lines or WARC"
    )]
    NotText {
        /// Where.
        place: Place,
        /// What it looks like.
        what: &'static str,
    },
    /// There is nothing to read in it, or too much.
    #[error("{place}: {source}; look at the page itself, or leave it out")]
    NoDocument {
        /// Where.
        place: Place,
        /// The cause.
        source: base::NotADocument,
    },
}

impl ReadError {
    /// Where it happened.
    #[must_use]
    pub fn place(&self) -> &Place {
        match self {
            ReadError::Unreadable { place, .. }
            | ReadError::CutShort { place, .. }
            | ReadError::TooLarge { place, .. }
            | ReadError::Bomb { place, .. }
            | ReadError::TooDeep { place, .. }
            | ReadError::Malformed { place, .. }
            | ReadError::NotText { place, .. }
            | ReadError::NoDocument { place, .. } => place,
        }
    }

    /// An error of reading bytes: an early end is told apart from a failing disk.
    pub(super) fn of_io(place: Place, source: std::io::Error) -> ReadError {
        use std::io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
        match source.kind() {
            UnexpectedEof | InvalidData | InvalidInput | Other => ReadError::CutShort {
                place,
                reason: source.to_string(),
            },
            _ => ReadError::Unreadable { place, source },
        }
    }
}
