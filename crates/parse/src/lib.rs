//! From a document to its sentences, tokens, words and their trees.
//!
//! Once loaded, a parser cannot fail: a sentence that it does not understand
//! gets a poor tree, never an error.

mod model;
mod perceptron;
pub mod segment;
pub mod tag;
pub mod tree;

use std::ops::Range;

use base::{Document, Language, Parse, Sentence, Span, Token, Word};

pub use model::{Model, TrainingSentence, words};
use tag::Form;

/// More tokens than this are parsed in pieces.
const LONGEST: usize = 300;

/// Cuts documents into sentences, tokens and words, and draws their trees.
pub struct Parser {
    arabic: Option<Model>,
    english: Option<Model>,
}

impl Parser {
    /// The parser with the models that are built in.
    #[must_use]
    pub fn load() -> Parser {
        Parser {
            arabic: Model::read(include_bytes!("../../../data/parse/ar.bin")),
            english: Model::read(include_bytes!("../../../data/parse/en.bin")),
        }
    }

    /// The sentences of every block of a document that is read for claims.
    #[must_use]
    pub fn parse(&self, document: &Document) -> Parse {
        let mut parse = Parse::default();
        for block in document.blocks().iter().filter(|b| b.kind.is_read()) {
            let text = document.slice(block.span);
            for range in text::sentences(text) {
                let start = block.span.start();
                let span = Span::of(start + range.start..start + range.end);
                self.add_sentence(&mut parse, document, span);
            }
        }
        parse
    }

    /// Each block of a document as one sentence, for text that was cut by others.
    #[must_use]
    pub fn parse_uncut(&self, document: &Document) -> Parse {
        let mut parse = Parse::default();
        for block in document.blocks().iter().filter(|b| b.kind.is_read()) {
            self.add_sentence(&mut parse, document, block.span);
        }
        parse
    }

    fn add_sentence(&self, parse: &mut Parse, document: &Document, span: Span) {
        let text = document.slice(span);
        let places = text::tokens(text);
        for piece in places.chunks(LONGEST) {
            let first = parse.tokens.len() as u32;
            let forms = add_words(parse, self.model(document.language), text, span, piece);
            if let Some(model) = self.model(document.language) {
                draw(parse, model, &forms);
            }
            let start = span.start();
            let own = Span::of(start + piece[0].start..start + piece[piece.len() - 1].end);
            let whole = if places.len() <= LONGEST { span } else { own };
            parse.sentences.push(Sentence {
                span: whole,
                tokens: first..parse.tokens.len() as u32,
            });
        }
    }

    fn model(&self, language: Language) -> Option<&Model> {
        match language {
            Language::Arabic => self.arabic.as_ref(),
            Language::English => self.english.as_ref(),
            Language::Other => None,
        }
    }
}

/// Adds the tokens at some places and their words, without a tree; gives the words' forms.
fn add_words(
    parse: &mut Parse,
    model: Option<&Model>,
    text: &str,
    span: Span,
    places: &[Range<usize>],
) -> Vec<Form> {
    let folded: Vec<String> = places
        .iter()
        .map(|p| text::fold(&text[p.clone()]))
        .collect();
    let cut = model::words(model, &folded);
    let mut forms = Vec::new();
    for ((place, folded), words) in places.iter().zip(folded).zip(cut) {
        let first = parse.words.len() as u32;
        let capital = text[place.clone()].starts_with(char::is_uppercase);
        for form in words {
            forms.push(Form {
                folded: form.clone(),
                capital,
            });
            parse.words.push(Word {
                token: parse.tokens.len() as u32,
                form,
                pos: base::Pos::X,
                head: None,
                deprel: "dep",
            });
        }
        let start = span.start();
        parse.tokens.push(Token {
            span: Span::of(start + place.start..start + place.end),
            words: first..parse.words.len() as u32,
            folded,
        });
    }
    forms
}

/// Gives the last words of a parse their parts of speech and their tree.
fn draw(parse: &mut Parse, model: &Model, forms: &[Form]) {
    let first = parse.words.len() - forms.len();
    let (tags, tree) = model.draw(forms);
    let words = parse.words[first..].iter_mut();
    for ((word, tag), (head, label)) in words.zip(tags).zip(tree) {
        word.pos = tag;
        word.head = head.map(|h| (first + h) as u32);
        word.deprel = tree::DEPRELS[label];
    }
}

#[cfg(test)]
mod tests {
    use super::Parser;
    use base::{BlockKind, Document, Language, Timestamp};

    fn document(text: &str, language: Language) -> Document {
        Document::new([(BlockKind::Paragraph, text)], language, Timestamp(0)).unwrap()
    }

    #[test]
    fn an_arabic_token_holds_several_words() {
        let document = document("قالت وزارة الخارجية للحكومة وللصحفيين", Language::Arabic);
        let parse = Parser::load().parse(&document);
        let token = &parse.tokens[3];
        let words: Vec<&str> = parse
            .words_of(token)
            .iter()
            .map(|w| w.form.as_str())
            .collect();
        assert_eq!(words, ["ل", "الحكومه"]);
        assert_eq!(document.slice(token.span), "للحكومة");
    }

    #[test]
    fn following_heads_always_ends_at_the_one_root() {
        let long = "and he said ".repeat(400);
        for (text, language) in [
            (
                "Russia accused Armenia of occupying the town.",
                Language::English,
            ),
            ("زار بوتين باكو، أمس الأربعاء.", Language::Arabic),
            (long.as_str(), Language::English),
            ("؟؟ ... «»", Language::Arabic),
        ] {
            let document = document(text, language);
            let parse = Parser::load().parse(&document);
            for sentence in &parse.sentences {
                let tokens = parse.tokens_of(sentence);
                let words = tokens[0].words.start..tokens[tokens.len() - 1].words.end;
                let roots = words
                    .clone()
                    .filter(|&w| parse.words[w as usize].head.is_none());
                assert_eq!(roots.count(), 1, "{text}");
                for word in words.clone() {
                    let (mut at, mut steps) = (word, 0);
                    while let Some(head) = parse.words[at as usize].head {
                        assert!(words.contains(&head) && steps <= words.len());
                        (at, steps) = (head, steps + 1);
                    }
                }
            }
        }
    }
}
