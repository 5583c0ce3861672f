//! The tokens of a sentence with the ways each may be cut into clitics and stem.

use base::{Language, Span};

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
}

/// Cuts a sentence into tokens.
pub(crate) fn read(text: &str, language: Language) -> Vec<Token> {
    text::tokens(text)
        .into_iter()
        .map(|range| {
            let written = &text[range.clone()];
            let mut folded = text::fold(written);
            if language == Language::English {
                folded = folded
                    .strip_suffix("'s")
                    .map_or(folded.clone(), str::to_string);
            }
            Token {
                cuts: if language == Language::Arabic {
                    cuts(&folded)
                } else {
                    vec![Cut {
                        prefix: String::new(),
                        article: false,
                        stem: folded.clone(),
                    }]
                },
                is_mark: !written.chars().any(char::is_alphanumeric),
                is_capital: written.chars().next().is_some_and(char::is_uppercase),
                is_upper: written
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .all(char::is_uppercase),
                span: Span::of(range),
                folded,
            }
        })
        .collect()
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
