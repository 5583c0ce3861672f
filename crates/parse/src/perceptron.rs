//! Averaged perceptrons over hashed features (Freund and Schapire, 1999; Collins, 2002).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Hands a hash on as it is.
#[derive(Default)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = u64::from(value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

type Table<T> = HashMap<u32, T, BuildHasherDefault<AsIs>>;

/// The hash of a feature: its template and what fills it.
#[must_use]
pub fn feature(template: u8, parts: &[u64]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(template).wrapping_mul(0x9E37_79B9);
    for part in parts {
        hash = (hash ^ part).wrapping_mul(0x0100_0000_01b3);
        hash ^= hash >> 29;
    }
    (hash ^ (hash >> 32)) as u32
}

/// The hash of a piece of text (FNV-1a).
#[must_use]
pub fn text_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A perceptron that has learned: for each feature the weight of some classes.
pub struct Scorer {
    rows: Table<(u32, u8)>,
    entries: Vec<(u8, i8)>,
    classes: usize,
}

impl Scorer {
    /// The score of each class, the sum of its features' weights.
    pub fn scores(&self, features: &[u32], scores: &mut Vec<i32>) {
        scores.clear();
        scores.resize(self.classes, 0);
        for feature in features {
            let Some(&(start, count)) = self.rows.get(feature) else {
                continue;
            };
            let row = &self.entries[start as usize..start as usize + usize::from(count)];
            for &(class, weight) in row {
                scores[usize::from(class)] += i32::from(weight);
            }
        }
    }

    /// Reads what [`Scorer::write`] wrote; `None` where the bytes end too early.
    #[must_use]
    pub fn read(bytes: &mut &[u8]) -> Option<Scorer> {
        let classes = usize::from(take(bytes, 1)?[0]);
        let count = u32::from_le_bytes(take(bytes, 4)?.try_into().ok()?);
        let mut made = Scorer {
            rows: Table::default(),
            entries: Vec::new(),
            classes,
        };
        made.rows.reserve(count as usize);
        for _ in 0..count {
            let hash = u32::from_le_bytes(take(bytes, 4)?.try_into().ok()?);
            let length = take(bytes, 1)?[0];
            let row = take(bytes, usize::from(length) * 2)?;
            made.rows.insert(hash, (made.entries.len() as u32, length));
            made.entries
                .extend(row.chunks_exact(2).map(|c| (c[0], c[1] as i8)));
        }
        Some(made)
    }

    /// The perceptron as bytes, in the order of its features' hashes.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(self.classes as u8);
        bytes.extend((self.rows.len() as u32).to_le_bytes());
        let mut hashes: Vec<&u32> = self.rows.keys().collect();
        hashes.sort_unstable();
        for hash in hashes {
            let (start, count) = self.rows[hash];
            bytes.extend(hash.to_le_bytes());
            bytes.push(count);
            let row = &self.entries[start as usize..start as usize + usize::from(count)];
            bytes.extend(
                row.iter()
                    .flat_map(|(class, weight)| [*class, *weight as u8]),
            );
        }
    }
}

/// The first bytes of a slice, which is moved behind them.
pub(crate) fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(head)
}

#[derive(Clone, Copy, Default)]
struct Cell {
    weight: f32,
    total: f64,
    stamp: u32,
    touched: u32,
}

/// A perceptron that learns.
pub struct Learner {
    rows: Table<Vec<(u8, Cell)>>,
    classes: usize,
    now: u32,
}

impl Learner {
    /// One that knows nothing yet.
    #[must_use]
    pub fn new(classes: usize) -> Learner {
        Learner {
            rows: Table::default(),
            classes,
            now: 1,
        }
    }

    /// The score of each class as of now.
    pub fn scores(&self, features: &[u32], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.classes, 0.0);
        for feature in features {
            for (class, cell) in self.rows.get(feature).into_iter().flatten() {
                scores[usize::from(*class)] += cell.weight;
            }
        }
    }

    /// Counts one step; with a wrong answer, moves the weights towards the right one.
    pub fn learn(&mut self, right: (&[u32], usize), wrong: Option<(&[u32], usize)>) {
        self.now += 1;
        if let Some((features, class)) = wrong {
            self.add(right.0, right.1, 1.0);
            self.add(features, class, -1.0);
        }
    }

    fn add(&mut self, features: &[u32], class: usize, step: f32) {
        let (now, class) = (self.now, class as u8);
        for feature in features {
            let row = self.rows.entry(*feature).or_default();
            let at = row
                .iter()
                .position(|(c, _)| *c == class)
                .unwrap_or_else(|| {
                    row.push((class, Cell::default()));
                    row.len() - 1
                });
            let cell = &mut row[at].1;
            cell.total += f64::from(cell.weight) * f64::from(now - cell.stamp);
            cell.stamp = now;
            cell.weight += step;
            cell.touched += 1;
        }
    }

    /// The mean of all weights there were; features moved fewer than `least` times are left out.
    #[must_use]
    pub fn finish(self, least: u32) -> Scorer {
        let now = self.now;
        let mean = |cell: &Cell| {
            (cell.total + f64::from(cell.weight) * f64::from(now - cell.stamp)) / f64::from(now)
        };
        let kept = |row: &[(u8, Cell)]| row.iter().map(|(_, c)| c.touched).sum::<u32>() >= least;
        let largest = self
            .rows
            .values()
            .flatten()
            .map(|(_, c)| mean(c).abs())
            .fold(1e-9, f64::max);
        let scale = 127.0 / largest.min(24.0);
        let mut made = Scorer {
            rows: Table::default(),
            entries: Vec::new(),
            classes: self.classes,
        };
        let mut rows: Vec<_> = self.rows.into_iter().filter(|(_, r)| kept(r)).collect();
        rows.sort_by_key(|(hash, _)| *hash);
        for (hash, row) in rows {
            let start = made.entries.len() as u32;
            for (class, cell) in &row {
                let weight = (mean(cell) * scale).round().clamp(-127.0, 127.0) as i8;
                if weight != 0 {
                    made.entries.push((*class, weight));
                }
            }
            let count = (made.entries.len() as u32 - start) as u8;
            if count > 0 {
                made.rows.insert(hash, (start, count));
            }
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::{Learner, Scorer, feature};

    #[test]
    fn what_was_learned_survives_being_written() {
        let (yes, no) = ([feature(1, &[1])], [feature(1, &[2])]);
        let mut learner = Learner::new(2);
        for _ in 0..4 {
            learner.learn((&yes, 1), Some((&yes, 0)));
            learner.learn((&no, 0), Some((&no, 1)));
        }
        let mut bytes = Vec::new();
        learner.finish(1).write(&mut bytes);
        let read = Scorer::read(&mut &bytes[..]).unwrap();
        let mut scores = Vec::new();
        read.scores(&yes, &mut scores);
        assert!(scores[1] > scores[0]);
        read.scores(&no, &mut scores);
        assert!(scores[0] > scores[1]);
        assert!(Scorer::read(&mut &bytes[..bytes.len() - 1]).is_none());
    }
}
