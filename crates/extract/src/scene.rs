//! A sentence as the rules and the judge look at it: tokens, mentions, and how they hang together.

use std::ops::Range;

use base::Language;

use crate::cues::Cues;
use crate::lexicon::{Act, Class};
use crate::mentions::{Mention, MentionKind};
use crate::speech;
use crate::syntax::Syntax;
use crate::tokens::Token;

/// A sentence with its mentions and words of act.
pub(crate) struct Scene<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) mentions: &'a [Mention],
    pub(crate) language: Language,
    pub(crate) syntax: &'a Syntax<'a>,
    /// For each mention the word that its others hang on.
    pub(crate) tops: Vec<usize>,
    /// For each mention the preposition that governs it.
    governors: Vec<Option<&'static str>>,
    /// Runs of mentions joined by و or "and", covering all mentions in order.
    pub(crate) chains: Vec<Range<usize>>,
    /// For each mention whether a word of saying is its own.
    pub(crate) speaks: Vec<bool>,
    /// For each token a word that says what it does in its sentence.
    pub(crate) classes: Vec<&'static str>,
}

const ARABIC_PREPOSITIONS: [&str; 24] = [
    "الي",
    "علي",
    "من",
    "في",
    "مع",
    "ضد",
    "عن",
    "بين",
    "تجاه",
    "نحو",
    "لدي",
    "خلال",
    "بعد",
    "قبل",
    "بحق",
    "حول",
    "عبر",
    "لصالح",
    "منذ",
    "حتي",
    "امام",
    "داخل",
    "ل",
    "ب",
];
const ENGLISH_PREPOSITIONS: [&str; 22] = [
    "to", "on", "in", "with", "against", "of", "from", "for", "at", "into", "over", "towards",
    "toward", "between", "by", "near", "about", "after", "inside", "across", "under", "through",
];

/// Words that join or cut clauses.
const ARABIC_JOINTS: [&str; 24] = [
    "ان",
    "انه",
    "انها",
    "انهم",
    "التي",
    "الذي",
    "الذين",
    "بان",
    "حيث",
    "بينما",
    "قد",
    "لكن",
    "بسبب",
    "اثر",
    "بهدف",
    "اذا",
    "لو",
    "لم",
    "لن",
    "لا",
    "ما",
    "كما",
    "او",
    "ثم",
];
const ENGLISH_JOINTS: [&str; 26] = [
    "that", "who", "which", "and", "while", "as", "when", "but", "or", "if", "not", "because",
    "was", "were", "is", "are", "be", "been", "being", "has", "have", "had", "whose", "where",
    "will", "would",
];

fn known_word(token: &Token, list: &[&'static str]) -> Option<&'static str> {
    list.iter()
        .copied()
        .find(|p| token.folded == *p || token.cuts.iter().any(|c| c.prefix == "و" && c.stem == *p))
}

impl<'a> Scene<'a> {
    /// Looks over a sentence once.
    pub(crate) fn new(
        tokens: &'a [Token],
        mentions: &'a [Mention],
        acts: &[Vec<Act>],
        syntax: &'a Syntax<'a>,
        cues: &Cues,
        language: Language,
    ) -> Scene<'a> {
        let mut scene = Scene {
            tokens,
            mentions,
            language,
            syntax,
            tops: mentions
                .iter()
                .map(|m| syntax.top(m.first, m.last))
                .collect(),
            governors: Vec::new(),
            chains: Vec::new(),
            classes: Vec::new(),
            speaks: vec![false; mentions.len()],
        };
        scene.governors = mentions.iter().map(|m| scene.find_governor(m)).collect();
        scene.chains = scene.find_chains();
        scene.classes = scene.find_classes(acts);
        for speech in speech::speeches(&scene, cues) {
            if let Some(speaker) = speech.speaker {
                scene.speaks[speaker] = true;
            }
        }
        scene
    }

    /// The preposition that governs a mention: its own clitic or the word before it.
    pub(crate) fn governor(&self, nth: usize) -> Option<&'static str> {
        self.governors[nth]
    }

    fn prepositions(&self) -> &'static [&'static str] {
        if self.language == Language::Arabic {
            &ARABIC_PREPOSITIONS
        } else {
            &ENGLISH_PREPOSITIONS
        }
    }

    fn find_governor(&self, mention: &Mention) -> Option<&'static str> {
        let clitic = ["ب", "ل", "ك"]
            .into_iter()
            .find(|c| mention.prefix.ends_with(c));
        let back = if self.language == Language::Arabic {
            1
        } else {
            3
        };
        let held = mention.governor.as_deref();
        let held = held.and_then(|g| self.prepositions().iter().copied().find(|p| *p == g));
        held.or(clitic).or_else(|| {
            (1..=back)
                .filter_map(|n| mention.first.checked_sub(n))
                .map(|at| &self.tokens[at])
                .take_while(|t| !t.is_mark)
                .find_map(|t| known_word(t, self.prepositions()))
        })
    }

    fn find_chains(&self) -> Vec<Range<usize>> {
        let mut chains: Vec<Range<usize>> = Vec::new();
        for nth in 0..self.mentions.len() {
            match chains.last_mut() {
                Some(chain) if self.joins(&self.mentions[nth - 1], &self.mentions[nth]) => {
                    chain.end = nth + 1;
                }
                _ => chains.push(nth..nth + 1),
            }
        }
        chains
    }

    fn find_classes(&self, acts: &[Vec<Act>]) -> Vec<&'static str> {
        let joints: &[&str] = if self.language == Language::Arabic {
            &ARABIC_JOINTS
        } else {
            &ENGLISH_JOINTS
        };
        let word = |t: &Token| {
            let mark = ["،", ",", "\"", ":", "(", ")", "."]
                .into_iter()
                .find(|m| t.folded == *m);
            mark.or_else(|| known_word(t, self.prepositions()))
                .or_else(|| known_word(t, joints))
                .unwrap_or("x")
        };
        let mut classes: Vec<&'static str> = self.tokens.iter().map(word).collect();
        for act in acts.iter().filter_map(|readings| readings.first()) {
            let class = match act.entry.class {
                Class::Verb | Class::Phrase => "V",
                Class::Noun => "N",
                Class::Adjective => "J",
            };
            classes[act.first..=act.last].fill(class);
        }
        for mention in self.mentions {
            let class = match mention.kind {
                MentionKind::City => "C",
                MentionKind::Adjective => "A",
                MentionKind::Media => "P",
                MentionKind::Pronoun => "he",
                _ => "M",
            };
            classes[mention.first..=mention.last].fill(class);
        }
        classes
    }

    /// What stands between two tokens, as classes; runs of one class count once.
    pub(crate) fn path(&self, low: usize, high: usize) -> Vec<&'static str> {
        let mut path: Vec<&'static str> = self.classes.get(low..high).unwrap_or(&[]).to_vec();
        path.dedup();
        path
    }

    pub(crate) fn is_bare(&self, nth: usize) -> bool {
        self.governor(nth).is_none()
    }

    fn ends_clause(&self, at: usize) -> bool {
        matches!(
            self.tokens[at].folded.as_str(),
            "." | "؛" | ";" | ":" | "بينما" | "while" | "but" | "لكن" | "—"
        )
    }

    fn clear(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| !self.ends_clause(at))
    }

    fn joins(&self, a: &Mention, b: &Mention) -> bool {
        let gap = &self.tokens[a.last + 1..b.first];
        let arabic = b.prefix.starts_with('و') && gap.is_empty();
        arabic || (gap.len() == 1 && (gap[0].folded == "and" || gap[0].folded == ","))
    }

    /// A mention and those joined to it by و or "and".
    pub(crate) fn with_joined(&self, nth: usize) -> Vec<usize> {
        let chain = self.chains.iter().find(|c| c.contains(&nth)).cloned();
        chain.unwrap_or(nth..nth + 1).collect()
    }

    pub(crate) fn before(&self, at: usize, reach: usize) -> Option<usize> {
        self.mentions.iter().rposition(|m| {
            m.last < at
                && at - m.last <= reach
                && m.kind != MentionKind::Media
                && self.clear(m.last, at)
        })
    }

    pub(crate) fn bare_before(&self, at: usize, reach: usize) -> Option<usize> {
        (0..self.mentions.len()).rfind(|&nth| {
            let m = &self.mentions[nth];
            m.last < at
                && at - m.last <= reach
                && !matches!(m.kind, MentionKind::Media | MentionKind::City)
                && self.is_bare(nth)
                && self.clear(m.last, at)
        })
    }

    /// The first mention after a token that fits.
    pub(crate) fn after(
        &self,
        at: usize,
        reach: usize,
        fits: impl Fn(usize, &Mention) -> bool,
    ) -> Option<usize> {
        (0..self.mentions.len()).find(|&nth| {
            let m = &self.mentions[nth];
            m.first > at && m.first - at <= reach && fits(nth, m) && self.clear(at, m.first)
        })
    }
}
