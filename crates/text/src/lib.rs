//! Text: from bytes to clean articles; folding for comparison, sentences, tokens, words of time.
//!
//! Nothing here changes a text: places are bytes of the text as written, and
//! folded forms are for comparison only.

mod fold;
pub mod read;
mod split;
pub mod time;

pub use fold::fold;
pub use split::{language, sentences, tokens};
