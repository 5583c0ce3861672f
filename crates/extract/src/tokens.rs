//! The tokens of a sentence with the ways each may be cut into clitics and stem.

use base::{Document, Language, Parse, Pos, Sentence, Span};

/// One way to cut a token.
#[derive(Debug, Clone)]
pub(crate) struct Cut {
    /// Proclitics, without the article.
    pub(crate) prefix: String,
    /// Whether the article ال stands before the stem.
    pub(crate) article: bool,
    /// The rest, folded.
    pub(crate) stem: String,
}

/// A token as the tables look at it.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) folded: String,
    pub(crate) cuts: Vec<Cut>,
    pub(crate) is_mark: bool,
    pub(crate) is_capital: bool,
    pub(crate) is_upper: bool,
    pub(crate) pos: Pos,
}

/// The tokens of one sentence of a parse.
pub(crate) fn read(document: &Document, parse: &Parse, sentence: &Sentence) -> Vec<Token> {
    let language = document.language;
    let read = |token: &base::Token| {
        let written = document.slice(token.span);
        let mut folded = token.folded.clone();
        if language == Language::English
            && let Some(bare) = folded.strip_suffix("'s")
        {
            folded = bare.to_string();
        }
        let whole = Cut {
            prefix: String::new(),
            article: false,
            stem: folded.clone(),
        };
        Token {
            cuts: if language == Language::Arabic {
                cuts(&folded)
            } else {
                vec![whole]
            },
            is_mark: !written.chars().any(char::is_alphanumeric),
            is_capital: written.chars().next().is_some_and(char::is_uppercase),
            is_upper: written
                .chars()
                .filter(|c| c.is_alphabetic())
                .all(char::is_uppercase),
            span: without_possessive(token.span, written, &folded),
            pos: parse.words_of(token).first().map_or(Pos::X, |w| w.pos),
            folded,
        }
    };
    parse.tokens_of(sentence).iter().map(read).collect()
}

/// "Yemen's" names Yemen: the place of a token without its 's.
fn without_possessive(span: Span, written: &str, folded: &str) -> Span {
    let ends = |tail: &str| written.ends_with(tail) && !folded.ends_with("'s");
    let tail = ["'s", "’s", "'S", "’S"].into_iter().find(|t| ends(t));
    Span::of(span.start()..span.end() - tail.map_or(0, str::len))
}

/// The stem of an Arabic word without its article.
pub(crate) fn bare(folded: &str) -> &str {
    folded
        .strip_prefix("ال")
        .filter(|rest| rest.chars().count() >= 2)
        .unwrap_or(folded)
}

fn cuts(folded: &str) -> Vec<Cut> {
    let mut found = Vec::new();
    let mut add = |prefix: String, rest: &str| {
        if rest.chars().count() < 2 {
            return;
        }
        let stem = bare(rest);
        found.push(Cut {
            prefix,
            article: stem.len() < rest.len(),
            stem: stem.to_string(),
        });
    };
    let heads: Vec<(&str, &str)> = std::iter::once(("", folded))
        .chain(
            ["و", "ف"]
                .into_iter()
                .filter_map(|c| folded.strip_prefix(c).map(|rest| (c, rest))),
        )
        .collect();
    for (head, rest) in heads {
        add(head.to_string(), rest);
        for clitic in ["ب", "ل", "ك", "س"] {
            if let Some(stem) = rest.strip_prefix(clitic) {
                add(format!("{head}{clitic}"), stem);
            }
        }
        if let Some(stem) = rest.strip_prefix("لل") {
            add(format!("{head}ل"), &format!("ال{stem}"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::cuts;

    #[test]
    fn a_doubled_lam_hides_an_article() {
        assert!(
            cuts("وللحكومه")
                .iter()
                .any(|c| c.prefix == "ول" && c.article && c.stem == "حكومه")
        );
    }
}
