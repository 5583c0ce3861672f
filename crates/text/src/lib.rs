//! Text: folding for comparison, sentences and tokens.
//!
//! Nothing here changes a text: places are bytes of the text as written, and
//! folded forms are for comparison only.

mod fold;
mod split;

pub use fold::fold;
pub use split::{language, sentences, tokens};
