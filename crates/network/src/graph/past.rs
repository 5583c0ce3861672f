//! All that happened before a step, counted: who did what to whom, how often and how lately.
//!
//! Every count has two clocks: the steps of the calendar, and the *turns* of its row, which are the
//! steps on which the row saw anything. To an actor who is seldom in the news, a year-old partner may
//! still be the last one.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::Fact;
use super::tally::{Decay, Tally};

/// A map by packed keys; its order is never looked at.
pub(super) type Map<V> = HashMap<u64, V, BuildHasherDefault<Mixer>>;

/// Mixes a packed key; faster than the standard hasher, and the same in every run.
#[derive(Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(self.0 ^ u64::from(byte));
        }
    }
    fn write_u64(&mut self, key: u64) {
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

/// Two numbers as one key.
pub(super) fn packed(high: u32, low: u32) -> u64 {
    (u64::from(high) << 32) | u64::from(low)
}

/// How often a row met one entity, by both clocks.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) other: u32,
    pub(super) steps: Tally,
    pub(super) turns: Tally,
}

/// The entities that one thing met, in the order in which it first met them.
#[derive(Clone, Default)]
pub(super) struct Row {
    pub(super) entries: Vec<Entry>,
    /// On how many steps anything happened.
    pub(super) turns: u32,
    last: Option<u32>,
}

/// Rows, and where in a row an entity stands.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    places: Map<u32>,
}

impl Table {
    fn new(rows: usize) -> Table {
        Table {
            rows: vec![Row::default(); rows],
            places: Map::default(),
        }
    }

    pub(super) fn row(&self, row: u32) -> &Row {
        &self.rows[row as usize]
    }

    pub(super) fn entry(&self, row: u32, other: u32) -> Option<&Entry> {
        let place = self.places.get(&packed(row, other))?;
        Some(&self.rows[row as usize].entries[*place as usize])
    }

    fn add(&mut self, row: u32, other: u32, step: u32, decay: &Decay) {
        let key = packed(row, other);
        let row = &mut self.rows[row as usize];
        if row.last != Some(step) {
            row.last = Some(step);
            row.turns += 1;
        }
        let place = *self.places.entry(key).or_insert_with(|| {
            row.entries.push(Entry {
                other,
                steps: Tally::default(),
                turns: Tally::default(),
            });
            row.entries.len() as u32 - 1
        });
        let entry = &mut row.entries[place as usize];
        entry.steps.add(step, decay);
        entry.turns.add(row.turns, decay);
    }
}

/// What is known before a step.
pub(super) struct Past {
    pub(super) decay: Decay,
    /// Whom an entity met, whatever passed between them.
    pub(super) pairs: Table,
    /// Whom an entity met in one relation; found by `line`.
    pub(super) lines: Table,
    /// Who stood as the object of a relation.
    pub(super) roles: Table,
    /// How often an entity was seen.
    pub(super) seen: Vec<Tally>,
    line_of: Map<u32>,
    lines_of: Vec<Vec<(u32, u32)>>,
}

impl Past {
    pub(super) fn new(entities: usize, relations: usize, steps: usize) -> Past {
        Past {
            decay: Decay::new(steps + 1),
            pairs: Table::new(entities),
            lines: Table::default(),
            roles: Table::new(relations),
            seen: vec![Tally::default(); entities],
            line_of: Map::default(),
            lines_of: vec![Vec::new(); entities],
        }
    }

    /// Adds what happened on a step; steps come in their order.
    pub(super) fn add(&mut self, facts: &[Fact]) {
        for fact in facts {
            let line = self.line_or_new(fact.subject, fact.relation);
            let (object, step, decay) = (fact.object, fact.step, &self.decay);
            self.lines.add(line, object, step, decay);
            self.pairs.add(fact.subject, object, step, decay);
            self.roles.add(fact.relation, object, step, decay);
            self.seen[object as usize].add(step, decay);
        }
    }

    /// The row in `lines` of an entity and a relation.
    pub(super) fn line(&self, subject: u32, relation: u32) -> Option<u32> {
        self.line_of.get(&packed(subject, relation)).copied()
    }

    /// The relations in which an entity stood, and their rows in `lines`.
    pub(super) fn lines_of(&self, subject: u32) -> &[(u32, u32)] {
        &self.lines_of[subject as usize]
    }

    fn line_or_new(&mut self, subject: u32, relation: u32) -> u32 {
        let rows = &mut self.lines.rows;
        let lines_of = &mut self.lines_of[subject as usize];
        *self
            .line_of
            .entry(packed(subject, relation))
            .or_insert_with(|| {
                let line = rows.len() as u32;
                rows.push(Row::default());
                lines_of.push((relation, line));
                line
            })
    }
}
