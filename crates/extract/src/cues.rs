//! Tables of cues: words that give a speaker (`data/cues/say.tsv`), words that tell how surely an act
//! is told (`data/cues/realis.tsv`).

use std::collections::HashMap;

use base::{Language, Realis};

use crate::lexicon::{self, Class};
use crate::scene::Scene;
use crate::tokens::Token;

const SAY: &str = include_str!("../../../data/cues/say.tsv");
const REALIS: &str = include_str!("../../../data/cues/realis.tsv");
/// The most words of a cue.
const LONGEST: usize = 4;

/// Where the speaker of a word of saying stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The subject of the verb, on either side.
    Subject,
    /// Right after the words.
    After,
    /// The owner of the noun.
    Owner,
}

/// How far a cue of realis reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Next,
    Clause,
    Itself,
}

/// The tables, by language and folded words.
pub(crate) struct Cues {
    say: HashMap<(Language, String), Order>,
    realis: HashMap<(Language, String), (Realis, Reach)>,
}

impl Cues {
    pub(crate) fn load() -> Cues {
        let mut made = Cues {
            say: HashMap::new(),
            realis: HashMap::new(),
        };
        SAY.lines().for_each(|l| made.read_say(l));
        REALIS.lines().for_each(|l| made.read_realis(l));
        made
    }

    fn read_say(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [language, class, forms, order, ..] = columns[..] else {
            return;
        };
        let order = match order {
            "subj" => Order::Subject,
            "after" | "next" => Order::After,
            "gen" => Order::Owner,
            _ => return,
        };
        let language = Language::from_code(language);
        let class = match class {
            "verb" => Class::Verb,
            "noun" => Class::Noun,
            _ => Class::Phrase,
        };
        for form in lexicon::forms(language, class, forms) {
            self.say.entry((language, form)).or_insert(order);
        }
    }

    fn read_realis(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [language, forms, realis, reach, ..] = columns[..] else {
            return;
        };
        let reach = match reach {
            "next" => Reach::Next,
            "clause" => Reach::Clause,
            "self" => Reach::Itself,
            _ => return,
        };
        let Some(realis) = Realis::from_name(realis) else {
            return;
        };
        let language = Language::from_code(language);
        for form in forms.split('|') {
            let key = text::fold(form.trim());
            self.realis
                .entry((language, key))
                .or_insert((realis, reach));
        }
    }

    /// The cue of saying that begins at a token, and its last token.
    pub(crate) fn says(
        &self,
        tokens: &[Token],
        at: usize,
        language: Language,
    ) -> Option<(Order, usize)> {
        let of = |key: String| self.say.get(&(language, key)).copied();
        phrase(tokens, at, of).or_else(|| {
            let cuts = tokens[at]
                .cuts
                .iter()
                .filter(|c| !c.article && c.prefix.len() <= 2);
            cuts.filter_map(|c| of(c.stem.clone()))
                .map(|o| (o, at))
                .next()
        })
    }

    /// How the cues about an act present it: denials first, then the nearest; else as a fact.
    pub(crate) fn realis(&self, scene: &Scene<'_>, at: usize) -> Realis {
        let language = scene.language;
        let word = &scene.tokens[at].folded;
        if language == Language::Arabic && (word.starts_with("سي") || word.starts_with("ست")) {
            return Realis::Planned;
        }
        let mut nearest = None;
        for back in 1..=10 {
            let Some(from) = at.checked_sub(back) else {
                break;
            };
            if matches!(scene.tokens[from].folded.as_str(), "." | "؛" | ";" | ":") {
                break;
            }
            let of = |key: String| self.realis.get(&(language, key)).copied();
            let cut = || {
                let cuts = scene.tokens[from].cuts.iter().filter(|c| !c.article);
                cuts.filter_map(|c| of(c.stem.clone()))
                    .map(|f| (f, from))
                    .next()
            };
            let Some(((realis, reach), last)) = phrase(scene.tokens, from, of).or_else(cut) else {
                continue;
            };
            let reaches = match reach {
                Reach::Next | Reach::Itself => at - last <= 2,
                Reach::Clause => true,
            };
            if last < at && reaches {
                if realis == Realis::Denied && at - last <= 3 {
                    return Realis::Denied;
                }
                nearest = nearest.or(Some(realis));
            }
        }
        nearest.unwrap_or(Realis::Asserted)
    }
}

/// The longest words from a token on that a table holds, and the last of them.
fn phrase<T>(
    tokens: &[Token],
    at: usize,
    look: impl Fn(String) -> Option<T>,
) -> Option<(T, usize)> {
    let most = LONGEST.min(tokens.len() - at);
    for length in (1..=most).rev() {
        let words: Vec<&str> = tokens[at..at + length]
            .iter()
            .map(|t| t.folded.as_str())
            .collect();
        if let Some(found) = look(words.join(" ")) {
            return Some((found, at + length - 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Cues;
    use base::Language;

    #[test]
    fn verbs_of_saying_are_known_in_their_forms() {
        let cues = Cues::load();
        for (language, word) in [
            (Language::Arabic, "قالت"),
            (Language::Arabic, "يوكد"),
            (Language::English, "announces"),
            (Language::English, "said"),
        ] {
            let key = (language, text::fold(word));
            assert!(cues.say.contains_key(&key), "{word}");
        }
    }
}
