//! From a document to its sentences, tokens and words.
//!
//! Once loaded, a parser cannot fail: a sentence that it does not understand
//! gets a poor tree, never an error.

use std::ops::Range;

use base::{Document, Parse, Pos, Sentence, Span, Token, Word};

/// Cuts documents into sentences, tokens and words.
pub struct Parser;

impl Parser {
    /// The parser with the tables that are built in.
    #[must_use]
    pub fn load() -> Parser {
        Parser
    }

    /// The sentences of every block of a document that is read for claims.
    #[must_use]
    pub fn parse(&self, document: &Document) -> Parse {
        let mut parse = Parse::default();
        for block in document.blocks().iter().filter(|b| b.kind.is_read()) {
            let text = document.slice(block.span);
            for range in text::sentences(text) {
                let start = block.span.start() as usize;
                let span = Span::of(start + range.start..start + range.end);
                add_sentence(&mut parse, document, span);
            }
        }
        parse
    }

    /// Each block of a document as one sentence, for text that was cut by others.
    #[must_use]
    pub fn parse_uncut(&self, document: &Document) -> Parse {
        let mut parse = Parse::default();
        for block in document.blocks().iter().filter(|b| b.kind.is_read()) {
            add_sentence(&mut parse, document, block.span);
        }
        parse
    }
}

fn add_sentence(parse: &mut Parse, document: &Document, span: Span) {
    let first = parse.tokens.len() as u32;
    let text = document.slice(span);
    for range in text::tokens(text) {
        add_token(parse, text, span.start() as usize, range);
    }
    let last = parse.tokens.len() as u32;
    if last > first {
        parse.sentences.push(Sentence {
            span,
            tokens: first..last,
        });
    }
}

fn add_token(parse: &mut Parse, text: &str, offset: usize, range: Range<usize>) {
    let folded = text::fold(&text[range.clone()]);
    let word = parse.words.len() as u32;
    parse.words.push(Word {
        token: parse.tokens.len() as u32,
        form: folded.clone(),
        pos: Pos::X,
        head: None,
        deprel: "root",
    });
    parse.tokens.push(Token {
        span: Span::of(offset + range.start..offset + range.end),
        words: word..word + 1,
        folded,
    });
}
