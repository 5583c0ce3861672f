//! Examples for the judge: what it sees of each sentence, beside what a reader marked.

use std::ops::Range;

use base::Realis;
use extract::{Candidate, CandidateMention, Extractor, Features, realis_hash};
use parse::Parser;
use serde_json::Value;

use crate::gold::Row;
use crate::regression::{Example, Group, Vocabulary};

/// Examples with the names of their features.
#[derive(Default)]
pub struct Examples {
    /// In the order of the rows.
    pub examples: Vec<Example>,
    /// Options weighed against each other.
    pub groups: Vec<Group>,
    /// What the features are called.
    pub vocabulary: Vocabulary,
}

/// The examples of some rows.
pub fn of(rows: &[&Row], extractor: &Extractor, parser: &Parser) -> Examples {
    let mut made = Examples::default();
    for row in rows {
        let parse = parser.parse_uncut(&row.document);
        for candidate in extractor.candidates(&row.document, &parse) {
            made.add_candidate(row, &candidate);
        }
    }
    made
}

/// The examples of whom offices, people and pronouns belong to.
pub fn of_owners(rows: &[&Row], extractor: &Extractor, parser: &Parser) -> Examples {
    let mut made = Examples::default();
    for row in rows {
        let parse = parser.parse_uncut(&row.document);
        for open in extractor.open_mentions(&row.document, &parse) {
            let Some(root) = marked_root(row, &open.span.range()) else {
                continue;
            };
            for (side, features) in &open.owners {
                made.add(features, side.code.root() == root);
            }
        }
    }
    made
}

/// The root of the code that a reader gave to an actor at a place.
fn marked_root(row: &Row, here: &Range<usize>) -> Option<String> {
    let fields = ["source", "target", "said_by"];
    let actors = row.claims().iter().flat_map(|c| {
        fields
            .iter()
            .flat_map(|f| c[*f].as_array().map_or(&[][..], Vec::as_slice))
    });
    for actor in actors {
        let words = actor["text"].as_str().unwrap_or_default();
        let places = row.places(words, actor["at"].as_u64());
        if places.iter().any(|p| overlap(p, here)) {
            let code = actor["code"].as_str().unwrap_or_default();
            return code.split('-').next().map(str::to_string);
        }
    }
    None
}

impl Examples {
    fn add_candidate(&mut self, row: &Row, candidate: &Candidate) {
        let marked = row.claims().iter().find(|c| is_of(row, c, candidate));
        self.add(&candidate.act, marked.is_some());
        let Some(claim) = marked else { return };
        self.add_realis(&candidate.realis, claim);
        let near = candidate.trigger.start();
        let sources = chosen(row, &claim["source"], candidate, near);
        let targets = chosen(row, &claim["target"], candidate, near);
        let voices = chosen(row, &claim["said_by"], candidate, near);
        let of = |m: &CandidateMention| [m.source.clone(), m.target.clone()];
        let options: Vec<[Features; 2]> = candidate.mentions.iter().map(of).collect();
        for (role, (field, found)) in [("source", &sources), ("target", &targets)]
            .into_iter()
            .enumerate()
        {
            let marked = claim[field].as_array().map_or(0, Vec::len);
            if marked > 0 && found.is_empty() {
                continue;
            }
            let mentions = options.iter().enumerate();
            let mut group: Vec<(&Features, bool)> = mentions
                .map(|(n, o)| (&o[role], found.contains(&n)))
                .collect();
            group.push((&candidate.nobody[role], found.is_empty()));
            self.add_group(&group);
        }
        for (nth, mention) in candidate.mentions.iter().enumerate() {
            let (is_source, is_target) = (sources.contains(&nth), targets.contains(&nth));
            let side = if is_source {
                0
            } else if is_target {
                1
            } else {
                2
            };
            self.add(&mention.voice[side], voices.contains(&nth));
        }
    }

    fn add(&mut self, features: &Features, holds: bool) {
        let features = self.index(features);
        self.examples.push(Example { features, holds });
    }

    fn index(&mut self, features: &Features) -> Vec<u32> {
        let named = features.hashes.iter().zip(&features.names);
        named
            .map(|(&hash, name)| self.vocabulary.index_of(hash, || name.clone()))
            .collect()
    }

    fn add_group(&mut self, options: &[(&Features, bool)]) {
        let options = options
            .iter()
            .map(|(f, holds)| (self.index(f), *holds))
            .collect();
        self.groups.push(Group { options });
    }

    /// One example a realis: the marked one holds, the others do not.
    fn add_realis(&mut self, features: &Features, claim: &Value) {
        let marked = claim["realis"].as_str().and_then(Realis::from_name);
        for &realis in Realis::ALL {
            let named = features.hashes.iter().zip(&features.names);
            let features = named
                .map(|(&hash, name)| {
                    let of_class = || format!("{name} @{}", realis.name());
                    self.vocabulary
                        .index_of(realis_hash(hash, realis), of_class)
                })
                .collect();
            self.examples.push(Example {
                features,
                holds: marked == Some(realis),
            });
        }
    }
}

pub(crate) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn is_of(row: &Row, claim: &Value, candidate: &Candidate) -> bool {
    let words = claim["trigger"].as_str().unwrap_or_default();
    let here = candidate.trigger.range();
    claim["type"].as_str() == Some(candidate.kind.name())
        && row
            .places(words, claim["trigger_at"].as_u64())
            .iter()
            .any(|p| overlap(p, &here))
}

/// The mentions that a reader marked in one field of a claim: for each actor the one that lies in its
/// words, the nearest to the act where the same words stand several times.
fn chosen(row: &Row, actors: &Value, candidate: &Candidate, near: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for actor in actors.as_array().map_or(&[][..], Vec::as_slice) {
        let words = actor["text"].as_str().unwrap_or_default();
        let code = actor["code"].as_str().unwrap_or_default();
        let root = code.split('-').next().unwrap_or_default();
        let places = row.places(words, actor["at"].as_u64());
        let lies = |m: &CandidateMention| {
            (m.side.code.root() == root || m.side.code.is_generic())
                && places.iter().any(|p| overlap(p, &m.side.span.range()))
        };
        let mentions = candidate.mentions.iter().enumerate();
        let best = mentions
            .filter(|(_, m)| lies(m))
            .min_by_key(|(_, m)| m.side.span.start().abs_diff(near));
        found.extend(best.map(|(nth, _)| nth));
    }
    found
}
