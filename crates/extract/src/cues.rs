//! Tables of cues: words that give a speaker (`data/cues/say.tsv`), words that tell how surely an act
//! is told (`data/cues/realis.tsv`). The coder sees them; what they do in a sentence it learns.

use std::collections::HashMap;

use base::{Language, Realis};

use crate::lexicon::{self, Class};
use crate::tokens::Token;

const SAY: &str = include_str!("../../../data/cues/say.tsv");
const REALIS: &str = include_str!("../../../data/cues/realis.tsv");
/// The most words of a cue.
const LONGEST: usize = 4;

/// What a word tells about the acts near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cue {
    /// Someone speaks.
    Says,
    /// An act is told so.
    Realis(Realis),
}

/// The tables, by language and folded words.
pub(crate) struct Cues(HashMap<(Language, String), Cue>);

impl Cues {
    pub(crate) fn load() -> Cues {
        let mut made = Cues(HashMap::new());
        SAY.lines().for_each(|l| made.read_say(l));
        REALIS.lines().for_each(|l| made.read_realis(l));
        made
    }

    fn read_say(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [
            language,
            class,
            forms,
            "subj" | "after" | "next" | "gen",
            ..,
        ] = columns[..]
        else {
            return;
        };
        let class = match class {
            "verb" => Class::Verb,
            "noun" => Class::Noun,
            _ => Class::Phrase,
        };
        let language = Language::from_code(language);
        for form in lexicon::forms(language, class, forms) {
            self.0.entry((language, form)).or_insert(Cue::Says);
        }
    }

    fn read_realis(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [language, forms, realis, ..] = columns[..] else {
            return;
        };
        let Some(realis) = Realis::from_name(realis) else {
            return;
        };
        let language = Language::from_code(language);
        for form in forms.split('|') {
            let key = (language, text::fold(form.trim()));
            self.0.entry(key).or_insert(Cue::Realis(realis));
        }
    }

    /// The cues of a sentence with their first and last tokens, in reading order.
    pub(crate) fn find(&self, tokens: &[Token], language: Language) -> Vec<(usize, usize, Cue)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.longest_at(tokens, at, language) {
                Some((last, cue)) => {
                    found.push((at, last, cue));
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest_at(&self, tokens: &[Token], at: usize, language: Language) -> Option<(usize, Cue)> {
        let of = |key: String| self.0.get(&(language, key)).copied();
        for length in (1..=LONGEST.min(tokens.len() - at)).rev() {
            let words = tokens[at..at + length].iter().map(|t| t.folded.as_str());
            if let Some(cue) = of(words.collect::<Vec<_>>().join(" ")) {
                return Some((at + length - 1, cue));
            }
        }
        let cuts = tokens[at].cuts.iter();
        let mut stems = cuts.filter(|c| !c.article && c.prefix.len() <= 2);
        stems.find_map(|c| of(c.stem.clone())).map(|cue| (at, cue))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cue, Cues};
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
            assert_eq!(cues.0.get(&key), Some(&Cue::Says), "{word}");
        }
    }
}
