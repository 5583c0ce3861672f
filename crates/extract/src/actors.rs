//! Actors named in a sentence: tables of names, and offices joined with the states near them.

use std::collections::HashMap;

use base::{ActorCode, Language, Side, Span};

use crate::tokens::{Token, bare};

const TABLES: [&str; 5] = [
    include_str!("../../../data/actors/states.tsv"),
    include_str!("../../../data/actors/organisations.tsv"),
    include_str!("../../../data/actors/groups.tsv"),
    include_str!("../../../data/actors/media.tsv"),
    include_str!("../../../data/actors/persons.tsv"),
];
const ROLES: &str = include_str!("../../../data/actors/roles.tsv");

/// What kind of name a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// A state, organisation or group by its name.
    Name,
    /// A capital or seat used for a government.
    Capital,
    /// A city, province or region.
    City,
    /// An adjective of a state or organisation.
    Adjective,
    /// A person known by name.
    Person,
    /// An office or kind of people, with a state where the text gives one.
    Role,
    /// A news outlet.
    Media,
}

/// A place where an actor is named.
#[derive(Debug, Clone)]
pub struct Mention {
    /// First token.
    pub first: usize,
    /// Last token, included.
    pub last: usize,
    /// The words.
    pub span: Span,
    /// Who.
    pub code: ActorCode,
    /// What kind of name.
    pub kind: MentionKind,
    /// The proclitics of its first token («ل» in «لأوكرانيا»).
    pub prefix: String,
}

impl Mention {
    /// The mention as a side of a claim.
    #[must_use]
    pub fn side(&self) -> Side {
        Side {
            code: self.code.clone(),
            span: self.span,
        }
    }
}

#[derive(Debug, Clone)]
struct Name {
    code: ActorCode,
    kind: MentionKind,
    case: bool,
}

/// The tables of names.
pub struct Actors {
    names: HashMap<String, Vec<Name>>,
    longest: usize,
}

impl Actors {
    /// The tables that are built in.
    #[must_use]
    pub fn load() -> Actors {
        let mut made = Actors {
            names: HashMap::new(),
            longest: 1,
        };
        for line in TABLES.iter().flat_map(|t| t.lines()) {
            made.read_line(line);
        }
        for line in ROLES.lines().filter(|l| !l.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            if let [sector, language, words] = columns[..]
                && let Ok(code) = format!("XXX-{sector}").parse()
            {
                made.add(
                    words,
                    language,
                    &Name {
                        code,
                        kind: MentionKind::Role,
                        case: false,
                    },
                );
            }
        }
        made
    }

    fn read_line(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [code, kind, language, name, ..] = columns[..] else {
            return;
        };
        let note = columns.get(6).copied().unwrap_or("");
        let Ok(code) = code.parse() else { return };
        let kind = match kind {
            "state" | "org" | "group" => MentionKind::Name,
            "capital" => MentionKind::Capital,
            "city" => MentionKind::City,
            "nisba" | "nisba_plural" => MentionKind::Adjective,
            "person" => MentionKind::Person,
            "media" if !note.starts_with("ambiguous") => MentionKind::Media,
            _ => return,
        };
        let entry = Name {
            code,
            kind,
            case: note.contains("case"),
        };
        if kind == MentionKind::Adjective && language == "ar" {
            for ending in ["", "ة", "ون", "ين", "ان", "ات", "تين"] {
                self.add(&format!("{name}{ending}"), language, &entry);
            }
        } else {
            self.add(name, language, &entry);
        }
    }

    fn add(&mut self, name: &str, language: &str, entry: &Name) {
        let words: Vec<String> = text::tokens(name)
            .into_iter()
            .map(|r| {
                let written = &name[r];
                let folded = text::fold(written);
                if language == "ar" && written.starts_with("ال") {
                    bare(&folded).to_string()
                } else {
                    folded.strip_suffix("'s").unwrap_or(&folded).to_string()
                }
            })
            .collect();
        self.longest = self.longest.max(words.len()).min(8);
        let list = self.names.entry(words.join(" ")).or_default();
        if !list.iter().any(|n| n.code == entry.code) {
            list.push(entry.clone());
        }
    }

    /// The mentions of a sentence, in reading order, never overlapping.
    pub(crate) fn mentions(&self, tokens: &[Token], language: Language) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            if let Some(hit) = self.longest_at(tokens, at, language) {
                at = hit.last + 1;
                found.push(hit);
            } else {
                at += 1;
            }
        }
        if language == Language::Arabic {
            join_arabic(found, tokens)
        } else {
            join_english(found, tokens)
        }
    }

    fn longest_at(&self, tokens: &[Token], at: usize, language: Language) -> Option<Mention> {
        let mut best: Option<Mention> = None;
        for cut in &tokens[at].cuts {
            let mut key = cut.stem.clone();
            for last in at..(at + self.longest).min(tokens.len()) {
                if last > at {
                    key.push(' ');
                    key.push_str(if language == Language::Arabic {
                        bare(&tokens[last].folded)
                    } else {
                        &tokens[last].folded
                    });
                }
                let Some(names) = self.names.get(&key) else {
                    continue;
                };
                let name = &names[0];
                let small = language == Language::English
                    && !tokens[at].is_capital
                    && name.kind != MentionKind::Role
                    || name.case && !tokens[at].is_upper;
                if small || best.as_ref().is_some_and(|b| b.last >= last) {
                    continue;
                }
                let span = tokens[at].span.join(tokens[last].span);
                best = Some(Mention {
                    first: at,
                    last,
                    span,
                    code: name.code.clone(),
                    kind: name.kind,
                    prefix: cut.prefix.clone(),
                });
            }
        }
        best
    }
}

fn merge(a: &mut Mention, b: &Mention, code: ActorCode, kind: MentionKind) {
    (a.last, a.span, a.code, a.kind) = (b.last, a.span.join(b.span), code, kind);
}

/// «وزير الخارجية الروسي، سيرغي لافروف»: an office takes the state after it, and the name after both.
fn join_arabic(hits: Vec<Mention>, tokens: &[Token]) -> Vec<Mention> {
    let mut joined: Vec<Mention> = Vec::new();
    for hit in hits {
        let Some(last) = joined.last_mut() else {
            joined.push(hit);
            continue;
        };
        let gap = &tokens[last.last + 1..hit.first];
        let near = gap.len() <= 2
            && gap
                .iter()
                .all(|t| !t.is_mark || t.folded == "،" || t.folded == "\"");
        let plain = hit.prefix.is_empty() || (hit.prefix == "ل" && gap.is_empty());
        let comma = gap.iter().any(|t| t.is_mark);
        let open_role = last.kind == MentionKind::Role && last.code.is_generic();
        if near
            && plain
            && open_role
            && !comma
            && gap
                .iter()
                .all(|t| !["في", "من", "الي", "علي", "ان", "مع", "ضد"].contains(&t.folded.as_str()))
        {
            let sector = last.code.sector().unwrap_or("GOV").to_string();
            let code = if hit.kind == MentionKind::Media {
                joined.push(hit);
                continue;
            } else if hit.code.is_generic() {
                last.code.clone()
            } else {
                hit.code.with_sector(&sector)
            };
            merge(last, &hit, code, MentionKind::Role);
        } else if near
            && plain
            && matches!(hit.kind, MentionKind::Person)
            && last.kind == MentionKind::Role
            && last.code.root() == hit.code.root()
        {
            let code = last.code.clone();
            merge(last, &hit, code, MentionKind::Role);
        } else if gap.is_empty()
            && plain
            && hit.kind == MentionKind::Adjective
            && last.kind == MentionKind::Name
            && last.code.root() != hit.code.root()
        {
            let code = last.code.clone();
            merge(last, &hit, code, MentionKind::Name);
        } else {
            joined.push(hit);
        }
    }
    joined
}

/// "Russian Foreign Minister Lavrov", "president of Russia".
fn join_english(hits: Vec<Mention>, tokens: &[Token]) -> Vec<Mention> {
    let mut joined: Vec<Mention> = Vec::new();
    for hit in hits {
        let Some(last) = joined.last_mut() else {
            joined.push(hit);
            continue;
        };
        let gap = &tokens[last.last + 1..hit.first];
        let no_mark = gap.iter().all(|t| !t.is_mark);
        let of = gap.len() == 1 && ["of", "in", "from"].contains(&gap[0].folded.as_str());
        if hit.kind == MentionKind::Role
            && hit.code.is_generic()
            && !last.code.is_generic()
            && gap.len() <= 2
            && no_mark
            && !of
            && last.kind != MentionKind::Person
            && gap
                .iter()
                .all(|t| t.is_capital || t.folded.ends_with("al") || t.folded.ends_with("ed"))
        {
            let code = last.code.with_sector(hit.code.sector().unwrap_or("GOV"));
            merge(last, &hit, code, MentionKind::Role);
        } else if of
            && last.kind == MentionKind::Role
            && last.code.is_generic()
            && !hit.code.is_generic()
        {
            let code = hit.code.with_sector(last.code.sector().unwrap_or("GOV"));
            merge(last, &hit, code, MentionKind::Role);
        } else if gap.len() <= 1
            && hit.kind == MentionKind::Person
            && last.kind == MentionKind::Role
            && (last.code.is_generic() || last.code.root() == hit.code.root())
        {
            let code = hit.code.clone();
            merge(last, &hit, code, MentionKind::Role);
        } else {
            joined.push(hit);
        }
    }
    joined
}
