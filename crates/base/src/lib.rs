//! The nouns of Tawazun, and the rules that always hold of them.
//!
//! Everything here is a plain value. Nothing here reads files, clocks, models,
//! a disk or the web; how a value is found or kept is other rooms' business.

mod claim;
mod code;
mod day;
mod document;
mod event;
mod known;
mod parse;
mod relation;
mod span;

pub use claim::{
    Basis, Claim, ClaimId, ClaimParts, Confidence, Kind, Quad, Realis, Side, Voice, When,
};
pub use code::{ActorCode, BadCode};
pub use day::{BadDay, Day, Period, Timestamp};
pub use document::{
    Block, BlockKind, Dated, Document, DocumentId, Language, NotADocument, TEXT_LIMIT_BYTES,
};
pub use event::{Account, Event, Stance};
pub use known::{Known, Ruling, Verdict};
pub use parse::{Parse, Pos, Sentence, Token, Word};
pub use relation::{Dyad, Relation, Tone};
pub use span::Span;
