//! What the parser found: sentences, tokens and words.

use std::ops::Range;

use crate::Span;

/// What part of its token a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordPart {
    /// Written before the stem: و ف ب ل ك س ال.
    Proclitic,
    /// The stem itself.
    Stem,
    /// A pronoun written after the stem, or an English 's.
    Enclitic,
}

/// What is parsed: one word of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Index of its token.
    pub token: u32,
    /// Its folded form, for comparison only.
    pub form: String,
    /// What part of its token it is.
    pub part: WordPart,
}

/// What is written between spaces or marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub words: Range<u32>,
    /// The whole token, folded for comparison.
    pub folded: String,
}

/// A run of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Covers all its tokens.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
}

/// The sentences, tokens and words of a document, each in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parse {
    /// In reading order, never overlapping.
    pub sentences: Vec<Sentence>,
    /// In reading order, never overlapping.
    pub tokens: Vec<Token>,
    /// One or more for each token.
    pub words: Vec<Word>,
}

impl Parse {
    /// The tokens of a sentence.
    #[must_use]
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]
    }

    /// The words of a token.
    #[must_use]
    pub fn words_of(&self, token: &Token) -> &[Word] {
        &self.words[token.words.start as usize..token.words.end as usize]
    }

    /// A word's place, which is its token's place.
    #[must_use]
    pub fn span(&self, word: &Word) -> Span {
        self.tokens[word.token as usize].span
    }
}
