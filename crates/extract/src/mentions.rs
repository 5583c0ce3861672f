//! Actors named in a sentence: names of the tables, and offices joined with the states near them.

use std::collections::{HashMap, HashSet};

use base::{ActorCode, Day, Language, Side, Span};

use crate::names::{Doubt, Name, Names, REACH};
use crate::tokens::{Cut, Token, bare};

/// What kind of name a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// A word that stands for an actor named elsewhere.
    Pronoun,
}

impl MentionKind {
    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            MentionKind::Name => "name",
            MentionKind::Capital => "capital",
            MentionKind::City => "city",
            MentionKind::Adjective => "adjective",
            MentionKind::Person => "person",
            MentionKind::Role => "role",
            MentionKind::Media => "media",
            MentionKind::Pronoun => "pronoun",
        }
    }
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
    pub(crate) is_state: bool,
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

    /// Takes in what follows, up to a last token.
    fn grow(&mut self, last: usize, span: Span) {
        self.last = last;
        self.span = self.span.join(span);
    }

    /// The code of an office or of people of this state, group or organisation.
    pub(crate) fn with_sector(&self, sector: &str) -> ActorCode {
        if self.is_state && self.kind != MentionKind::Person {
            self.code.with_sector(sector)
        } else {
            self.code.clone()
        }
    }
}

/// Names that an article itself has taught: a surname after the office that its bearer holds.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    surnames: HashMap<String, ActorCode>,
    roots: HashSet<String>,
}

/// Finds the mentions of a sentence, in reading order, never overlapping.
pub(crate) fn find(
    names: &Names,
    memory: &mut Memory,
    tokens: &[Token],
    language: Language,
    day: Option<Day>,
) -> Vec<Mention> {
    let sure = Finder {
        names,
        memory,
        tokens,
        language,
        day,
        doubtful: false,
    }
    .all();
    let named = sure.iter().filter(|m| !m.code.is_generic());
    memory
        .roots
        .extend(named.map(|m| m.code.root().to_string()));
    let found = Finder {
        names,
        memory,
        tokens,
        language,
        day,
        doubtful: true,
    }
    .all();
    let mut joined = join(found, tokens, language);
    for mention in &joined {
        remember(memory, mention, tokens);
    }
    for nth in 0..joined.len() {
        let end = joined.get(nth + 1).map_or(tokens.len(), |m| m.first);
        if let Some(last) = unknown_name(&joined[nth], tokens, end, language) {
            let span = tokens[last].span;
            joined[nth].grow(last, span);
            remember(memory, &joined[nth], tokens);
        }
    }
    joined
}

struct Finder<'a> {
    names: &'a Names,
    memory: &'a Memory,
    tokens: &'a [Token],
    language: Language,
    day: Option<Day>,
    /// Whether words that may mean something else are taken, where their owner is known.
    doubtful: bool,
}

impl Finder<'_> {
    fn all(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let hit = self.longest_at(at);
            at = hit.as_ref().map_or(at, |h| h.last) + 1;
            found.extend(hit);
        }
        found
    }

    fn longest_at(&self, at: usize) -> Option<Mention> {
        let mut best: Option<Mention> = None;
        for cut in &self.tokens[at].cuts {
            let mut key = cut.stem.clone();
            for last in at..(at + REACH).min(self.tokens.len()) {
                if last > at {
                    key.push(' ');
                    key.push_str(self.stem(last));
                }
                if best.as_ref().is_none_or(|b| b.last < last)
                    && let Some(name) = self.reading(&key, at, last, cut)
                {
                    best = Some(self.mention(at, last, cut, &name));
                }
            }
        }
        best.or_else(|| self.remembered(at))
    }

    fn stem(&self, at: usize) -> &str {
        let folded = &self.tokens[at].folded;
        if self.language == Language::Arabic {
            bare(folded)
        } else {
            folded
        }
    }

    fn reading(&self, key: &str, at: usize, last: usize, cut: &Cut) -> Option<Name> {
        let first = &self.tokens[at];
        let small =
            |name: &Name| self.language == Language::English && !first.is_capital && !name.small;
        let known = |name: &Name| self.memory.roots.contains(name.code.root());
        let near = |name: &Name| {
            let mut beside = name.beside.iter();
            beside.len() == 0 || beside.any(|r| self.memory.roots.contains(*r))
        };
        let fits = |name: &&Name| {
            !small(name)
                && near(name)
                && (name.doubt != Doubt::Word || at < last || self.doubtful && known(name))
                && name.article.is_none_or(|a| a == cut.article)
                && (!name.case || first.is_upper)
                && !(name.full_first && at == last)
                && (at < last || name.is_remembered(self.day))
                && !(name.kind == MentionKind::Person && cut.article)
        };
        let mut readings = self.names.get(key, self.day).filter(fits);
        let first = readings.next()?;
        let better =
            (first.doubt == Doubt::Name && !known(first)).then(|| readings.find(|n| known(n)));
        Some(better.flatten().unwrap_or(first).clone())
    }

    fn mention(&self, at: usize, last: usize, cut: &Cut, name: &Name) -> Mention {
        Mention {
            first: at,
            last,
            span: self.tokens[at].span.join(self.tokens[last].span),
            code: name.code.clone(),
            kind: name.kind,
            prefix: cut.prefix.clone(),
            is_state: name.is_state,
        }
    }

    fn remembered(&self, at: usize) -> Option<Mention> {
        let token = &self.tokens[at];
        if self.language == Language::English && !token.is_capital {
            return None;
        }
        let known = |cut: &Cut| {
            let code = self.memory.surnames.get(&cut.stem)?;
            Some(Mention {
                first: at,
                last: at,
                span: token.span,
                code: code.clone(),
                kind: MentionKind::Person,
                prefix: cut.prefix.clone(),
                is_state: true,
            })
        };
        token.cuts.iter().filter(|c| !c.article).find_map(known)
    }
}

/// Keeps the last word of an office or person with a name, for the rest of the article.
fn remember(memory: &mut Memory, mention: &Mention, tokens: &[Token]) {
    let is_named = matches!(mention.kind, MentionKind::Person | MentionKind::Role);
    let surname = &tokens[mention.last];
    let stem = surname.cuts.first().map_or("", |c| c.stem.as_str());
    let is_person = mention.kind == MentionKind::Person || surname.is_capital && !surname.is_upper;
    if is_named
        && is_person
        && mention.last > mention.first
        && !mention.code.is_generic()
        && stem.chars().count() >= 3
        && !surname.cuts.iter().any(|c| c.article)
    {
        memory
            .surnames
            .insert(stem.to_string(), mention.code.clone());
    }
}

/// "Iranian Foreign Minister Abbas Araghchi": the capitalised words after an office are its holder's name.
fn unknown_name(
    mention: &Mention,
    tokens: &[Token],
    end: usize,
    language: Language,
) -> Option<usize> {
    let fits = language == Language::English
        && mention.kind == MentionKind::Role
        && !mention.code.is_generic()
        && matches!(mention.code.sector(), Some("GOV" | "MIL" | "LEG" | "OPP"));
    let names = tokens
        .get(mention.last + 1..end.min(mention.last + 5))?
        .iter()
        .take_while(|t| t.is_capital && !t.is_mark)
        .count();
    (fits && names > 0).then_some(mention.last + names)
}

fn join(hits: Vec<Mention>, tokens: &[Token], language: Language) -> Vec<Mention> {
    let mut joined: Vec<Mention> = Vec::new();
    for hit in hits {
        let Some(last) = joined.last_mut() else {
            joined.push(hit);
            continue;
        };
        let gap = &tokens[last.last + 1..hit.first];
        let code = if language == Language::Arabic {
            arabic_join(last, &hit, gap)
        } else {
            english_join(last, &hit, gap)
        };
        match code {
            Some((code, kind)) => {
                last.grow(hit.last, hit.span);
                last.is_state = hit.is_state || last.is_state;
                (last.code, last.kind) = (code, kind);
            }
            None => joined.push(hit),
        }
    }
    joined
}

const ARABIC_BREAKS: [&str; 12] = [
    "في",
    "من",
    "الي",
    "علي",
    "ان",
    "مع",
    "ضد",
    "عن",
    "بين",
    "التي",
    "الذي",
    "الذين",
];

/// «وزير الخارجية الروسي، سيرغي لافروف»: an office takes the state after it, and the name after both.
fn arabic_join(last: &Mention, hit: &Mention, gap: &[Token]) -> Option<(ActorCode, MentionKind)> {
    let plain = hit.prefix.is_empty() || (hit.prefix == "ل" && gap.is_empty());
    let comma = gap.iter().any(|t| t.is_mark);
    let near = gap.len() <= 2
        && gap
            .iter()
            .all(|t| !t.is_mark || t.folded == "،" || t.folded == "\"");
    let same_phrase = gap
        .iter()
        .all(|t| t.cuts.first().is_some_and(|c| c.article))
        || gap.len() <= 2
            && gap
                .iter()
                .all(|t| !ARABIC_BREAKS.contains(&t.folded.as_str()));
    let open_role = last.kind == MentionKind::Role && last.code.is_generic();
    let reach = if hit.kind == MentionKind::Adjective {
        4
    } else {
        2
    };
    let of_media = matches!(last.code.sector(), Some("MED" | "MEDIA"));
    if hit.kind == MentionKind::Media && open_role && of_media && plain && gap.is_empty() {
        return Some((hit.code.clone(), MentionKind::Media));
    }
    if !plain || matches!(hit.kind, MentionKind::Media | MentionKind::Pronoun) {
        return None;
    }
    if open_role && !comma && gap.len() <= reach && same_phrase {
        let sector = last.code.sector().unwrap_or("GOV");
        let code = if hit.code.is_generic() {
            last.code.clone()
        } else {
            hit.with_sector(sector)
        };
        return Some((code, MentionKind::Role));
    }
    let same_root = last.code.root() == hit.code.root();
    if near && hit.kind == MentionKind::Person && last.kind == MentionKind::Role && same_root {
        return Some((last.code.clone(), MentionKind::Role));
    }
    let epithet =
        gap.is_empty() && hit.kind == MentionKind::Adjective && last.kind == MentionKind::Name;
    (epithet && !same_root).then(|| (last.code.clone(), MentionKind::Name))
}

/// "Russian Foreign Minister Lavrov", "president of Russia".
fn english_join(last: &Mention, hit: &Mention, gap: &[Token]) -> Option<(ActorCode, MentionKind)> {
    let no_mark = gap.iter().all(|t| !t.is_mark);
    if hit.kind == MentionKind::Pronoun {
        return None;
    }
    let of = gap
        .first()
        .is_some_and(|t| ["of", "in", "from"].contains(&t.folded.as_str()))
        && (gap.len() == 1 || gap.len() == 2 && gap[1].folded == "the");
    let describes = |t: &Token| {
        t.is_capital
            || ["al", "ed", "ic", "an", "ary", "ist"]
                .iter()
                .any(|e| t.folded.ends_with(e))
    };
    let role_after = hit.kind == MentionKind::Role
        && hit.code.is_generic()
        && !last.code.is_generic()
        && gap.len() <= 2
        && no_mark
        && !of
        && !matches!(last.kind, MentionKind::Person | MentionKind::Media)
        && gap.iter().all(describes);
    if role_after {
        let code = last.with_sector(hit.code.sector().unwrap_or("GOV"));
        return Some((code, MentionKind::Role));
    }
    let open_role = last.kind == MentionKind::Role && last.code.is_generic();
    if of && open_role && !hit.code.is_generic() && hit.kind != MentionKind::Media {
        let code = hit.with_sector(last.code.sector().unwrap_or("GOV"));
        return Some((code, MentionKind::Role));
    }
    let names_holder = gap.len() <= 1
        && hit.kind == MentionKind::Person
        && last.kind == MentionKind::Role
        && (last.code.is_generic() || last.code.root() == hit.code.root());
    if names_holder {
        return Some((hit.code.clone(), MentionKind::Role));
    }
    let two_roles = gap.is_empty() && open_role && hit.kind == MentionKind::Role;
    (two_roles && hit.code.is_generic()).then(|| (hit.code.clone(), MentionKind::Role))
}
