//! Words of act: each entry of `data/acts/`, unfolded into the forms that news writes.

use std::collections::HashMap;
use std::sync::Arc;

use base::{Kind, Language, Realis};

use crate::tokens::Token;

const ARABIC: &str = include_str!("../../../data/acts/ar.tsv");
const ENGLISH: &str = include_str!("../../../data/acts/en.tsv");

/// A preposition that marks a side stands at most so many tokens after the words of act.
const MARK_REACH: usize = 8;

/// The class of a word of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Verb,
    Noun,
    Adjective,
    Phrase,
}

impl Class {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Class::Verb => "verb",
            Class::Noun => "noun",
            Class::Adjective => "adjective",
            Class::Phrase => "phrase",
        }
    }
}

/// One line of a lexicon of acts.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    pub(crate) class: Class,
    pub(crate) lemma: String,
    /// The prepositions that mark its source, and its target.
    pub(crate) source: Vec<String>,
    pub(crate) target: Vec<String>,
    pub(crate) mutual: bool,
    pub(crate) reversed: bool,
    pub(crate) weak: bool,
    pub(crate) needs: Vec<String>,
    pub(crate) realis: Option<Realis>,
    pub(crate) weight: f32,
}

/// A word of act at its place.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) entry: Arc<Entry>,
    pub(crate) pronoun: bool,
    pub(crate) article: bool,
    pub(crate) passive: bool,
}

impl Act {
    /// The first token shortly after the words of act that holds a preposition which marks a side.
    pub(crate) fn marker(&self, marks: &[String], tokens: &[Token]) -> Option<usize> {
        let holds = |token: &Token| {
            let cut = |mark: &String| token.cuts.iter().any(|c| c.prefix.ends_with(mark.as_str()));
            marks
                .iter()
                .any(|m| token.folded == *m || (m.chars().count() == 1 && cut(m)))
        };
        let near = (self.last + 1)..(self.last + 1 + MARK_REACH).min(tokens.len());
        near.into_iter().find(|t| holds(&tokens[*t]))
    }
}

type Unfold = fn(Class, &str) -> Vec<(String, bool)>;
type Forms = HashMap<String, Vec<(Arc<Entry>, bool)>>;

/// All words of act, by form.
pub(crate) struct Lexicon {
    arabic: Forms,
    english: Forms,
}

impl Lexicon {
    /// The lexicons that are built in.
    #[must_use]
    pub(crate) fn load() -> Lexicon {
        Lexicon {
            arabic: unfold(ARABIC, arabic_forms),
            english: unfold(ENGLISH, english_forms),
        }
    }

    /// The words of act of a sentence: at each place its readings, one a type, longest words only.
    pub(crate) fn acts(
        &self,
        tokens: &[Token],
        taken: &[bool],
        language: Language,
    ) -> Vec<Vec<Act>> {
        let forms = if language == Language::Arabic {
            &self.arabic
        } else {
            &self.english
        };
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let mut acts = if taken[at] {
                Vec::new()
            } else {
                acts_at(forms, tokens, at, language)
            };
            let last = acts.iter().map(|a| a.last).max().unwrap_or(at);
            acts.retain(|a| a.last == last);
            acts.sort_by(|a, b| b.entry.weight.total_cmp(&a.entry.weight));
            let mut readings: Vec<Act> = Vec::new();
            for act in acts {
                if !readings.iter().any(|r| r.entry.kind == act.entry.kind) {
                    readings.push(act);
                }
            }
            at = last + 1;
            found.extend(Some(readings).filter(|r| !r.is_empty()));
        }
        found
    }
}

fn acts_at(forms: &Forms, tokens: &[Token], at: usize, language: Language) -> Vec<Act> {
    let mut found = Vec::new();
    for cut in &tokens[at].cuts {
        if language == Language::Arabic && cut.stem.chars().count() < 3 {
            continue;
        }
        let mut look = |key: &str, last: usize, pronoun: bool| {
            for (entry, passive) in forms.get(key).into_iter().flatten() {
                let verb = entry.class == Class::Verb;
                if (verb && cut.article)
                    || !needs_met(entry, tokens, last)
                    || (verb && cut.prefix.ends_with(['ب', 'ك']))
                {
                    continue;
                }
                found.push(Act {
                    first: at,
                    last,
                    entry: Arc::clone(entry),
                    article: cut.article,
                    pronoun,
                    passive: *passive,
                });
            }
        };
        look(&cut.stem, at, false);
        if language == Language::Arabic && !cut.article {
            for suffix in ["ه", "ها", "هم", "هما", "نا"] {
                if let Some(stem) = cut
                    .stem
                    .strip_suffix(suffix)
                    .filter(|s| s.chars().count() >= 3)
                {
                    look(stem, at, true);
                    if let Some(stem) = stem.strip_suffix('ت') {
                        look(&format!("{stem}ه"), at, true);
                    }
                }
            }
        }
        let mut key = cut.stem.clone();
        for (last, token) in tokens.iter().enumerate().take(at + 5).skip(at + 1) {
            key = format!("{key} {}", crate::tokens::bare(&token.folded));
            look(&key, last, false);
        }
    }
    found
}

fn needs_met(entry: &Entry, tokens: &[Token], last: usize) -> bool {
    let after = &tokens[(last + 1).min(tokens.len())..(last + 6).min(tokens.len())];
    entry.needs.is_empty()
        || after.iter().any(|t| {
            t.cuts
                .iter()
                .any(|c| entry.needs.iter().any(|n| c.stem.starts_with(n.as_str())))
        })
}

fn unfold(table: &str, forms_of: Unfold) -> Forms {
    let mut forms: Forms = HashMap::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let Some((entry, written)) = read_line(line) else {
            continue;
        };
        let entry = Arc::new(entry);
        for (form, passive) in forms_of(entry.class, &written) {
            let list = forms.entry(form).or_default();
            if !list.iter().any(|(e, _)| Arc::ptr_eq(e, &entry)) {
                list.push((Arc::clone(&entry), passive));
            }
        }
    }
    forms
}

fn read_line(line: &str) -> Option<(Entry, String)> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [kind, class, forms, source, target, flags, weight, ..] = columns[..] else {
        return None;
    };
    let class = match class {
        "verb" => Class::Verb,
        "noun" => Class::Noun,
        "adj" => Class::Adjective,
        _ => Class::Phrase,
    };
    let marks = |text: &str| {
        text.split(',')
            .map(|m| text::fold(m.trim()))
            .filter(|m| m != "-" && !m.is_empty())
            .collect::<Vec<_>>()
    };
    let flag = |name: &str| flags.split(',').any(|f| f == name);
    let value = |name: &str| flags.split(',').find_map(|f| f.strip_prefix(name));
    let entry = Entry {
        kind: Kind::from_name(kind)?,
        class,
        lemma: forms.split(['|', '/']).next()?.to_string(),
        source: marks(source),
        target: marks(target),
        mutual: flag("mutual"),
        reversed: flag("reversed"),
        weak: flag("weak"),
        needs: value("needs=")
            .map(|v| {
                v.split('|')
                    .map(|w| crate::tokens::bare(&text::fold(w)).to_string())
                    .collect()
            })
            .unwrap_or_default(),
        realis: value("realis=").and_then(Realis::from_name),
        weight: weight.parse().ok()?,
    };
    Some((entry, forms.to_string()))
}

/// The written forms of a word of this class, folded.
pub(crate) fn forms(language: Language, class: Class, written: &str) -> Vec<String> {
    let unfold: Unfold = match language {
        Language::Arabic => arabic_forms,
        _ => english_forms,
    };
    unfold(class, written)
        .into_iter()
        .map(|(form, _)| form)
        .collect()
}

/// Perfect and imperfect with their endings; the third part is passive.
fn arabic_forms(class: Class, written: &str) -> Vec<(String, bool)> {
    let folded = text::fold(written);
    let mut forms = Vec::new();
    match class {
        Class::Verb => {
            let parts: Vec<&str> = folded.split('/').collect();
            for (nth, part) in parts.iter().enumerate() {
                for stem in part.split('|') {
                    let imperfect = nth == 1 || (nth == 2 && stem.starts_with('ي'));
                    let endings: &[&str] = if imperfect {
                        &["", "ون", "وا", "ان", "ا", "ين", "ن"]
                    } else {
                        &["", "ت", "ا", "تا", "وا", "نا"]
                    };
                    let heads: &[&str] = if imperfect {
                        &["ي", "ت", "ن", "ا"]
                    } else {
                        &[""]
                    };
                    let rest = if imperfect {
                        stem.strip_prefix('ي').unwrap_or(stem)
                    } else {
                        stem
                    };
                    for head in heads {
                        forms.extend(
                            endings
                                .iter()
                                .map(|end| (format!("{head}{rest}{end}"), nth == 2)),
                        );
                    }
                }
            }
        }
        Class::Phrase => forms.extend(folded.split('|').map(|p| (phrase_key(p), false))),
        Class::Noun | Class::Adjective => {
            let endings: &[&str] = if class == Class::Noun {
                &["", "ا", "ين", "ان"]
            } else {
                &["", "ه", "ا", "ين", "ون", "ات", "تين"]
            };
            for stem in folded.split('|') {
                forms.extend(endings.iter().map(|end| (format!("{stem}{end}"), false)));
                if stem.contains(' ') {
                    forms.push((phrase_key(stem), false));
                }
            }
        }
    }
    forms
}

fn phrase_key(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    words
        .iter()
        .map(|w| crate::tokens::bare(w))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Regular inflection; the written alternatives are irregular forms.
fn english_forms(class: Class, written: &str) -> Vec<(String, bool)> {
    let folded = written.to_lowercase();
    let mut forms: Vec<String> = Vec::new();
    let mut alternatives = folded.split('|');
    let lemma = alternatives.next().unwrap_or_default();
    forms.extend(alternatives.map(str::to_string));
    let (head, rest) = lemma
        .strip_prefix('~')
        .unwrap_or(lemma)
        .split_once(' ')
        .map_or((lemma.trim_start_matches('~'), ""), |(h, r)| (h, r));
    let inflects = class == Class::Verb || lemma.starts_with('~');
    let mut heads = vec![head.to_string()];
    let cut = head.strip_suffix('e').unwrap_or(head);
    let sibilant = head.ends_with(['s', 'x', 'z']) || head.ends_with("ch") || head.ends_with("sh");
    let plural = match head
        .strip_suffix('y')
        .filter(|h| !h.ends_with(['a', 'e', 'o', 'u']))
    {
        Some(stem) => format!("{stem}ies"),
        None if sibilant => format!("{head}es"),
        None => format!("{head}s"),
    };
    if inflects {
        heads.push(plural);
        heads.push(format!("{cut}ing"));
        heads.push(
            head.strip_suffix('y')
                .filter(|h| !h.ends_with(['a', 'e', 'o', 'u']))
                .map_or(format!("{cut}ed"), |stem| format!("{stem}ied")),
        );
        forms.extend(
            heads
                .iter()
                .map(|h| format!("{h} {rest}").trim().to_string()),
        );
    } else {
        forms.push(lemma.to_string());
        if class == Class::Noun {
            forms.push(if rest.is_empty() {
                plural
            } else {
                format!("{lemma}s")
            });
        }
    }
    forms
        .into_iter()
        .map(|f| (f.replace('-', " - "), false))
        .collect()
}
