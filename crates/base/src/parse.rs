//! What the parser found: sentences, tokens and words.

use std::ops::Range;

use crate::Span;

/// The universal parts of speech (Universal Dependencies, version 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pos {
    /// Adjective.
    Adj,
    /// Preposition or postposition.
    Adp,
    /// Adverb.
    Adv,
    /// Auxiliary.
    Aux,
    /// Coordinating conjunction.
    Cconj,
    /// Determiner.
    Det,
    /// Interjection.
    Intj,
    /// Noun.
    Noun,
    /// Number.
    Num,
    /// Particle.
    Part,
    /// Pronoun.
    Pron,
    /// Name.
    Propn,
    /// Mark.
    Punct,
    /// Subordinating conjunction.
    Sconj,
    /// Symbol.
    Sym,
    /// Verb.
    Verb,
    /// Anything else.
    X,
}

impl Pos {
    /// All of them, in the order of their names.
    pub const ALL: [Pos; 17] = [
        Pos::Adj,
        Pos::Adp,
        Pos::Adv,
        Pos::Aux,
        Pos::Cconj,
        Pos::Det,
        Pos::Intj,
        Pos::Noun,
        Pos::Num,
        Pos::Part,
        Pos::Pron,
        Pos::Propn,
        Pos::Punct,
        Pos::Sconj,
        Pos::Sym,
        Pos::Verb,
        Pos::X,
    ];

    /// The name that Universal Dependencies give it.
    #[must_use]
    pub fn name(self) -> &'static str {
        [
            "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
            "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
        ][self as usize]
    }

    /// The part of speech of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Pos> {
        Pos::ALL.into_iter().find(|p| p.name() == name)
    }
}

/// What is parsed: one word of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Index of its token.
    pub token: u32,
    /// Its folded form, for comparison only.
    pub form: String,
    /// Its part of speech.
    pub pos: Pos,
    /// Index of the word it hangs on; `None` for the root of its sentence.
    pub head: Option<u32>,
    /// The label of the arc to its head, as Universal Dependencies name it.
    pub deprel: &'static str,
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
