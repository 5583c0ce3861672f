//! Who may answer a question, and what the past shows of each: the readings that a score weighs.
//!
//! What depends on the subject alone is read once a step; what depends on the relation too, for each
//! question.

use std::collections::HashMap;
use std::rc::Rc;

use super::past::Past;
use super::paths::{Paths, Shares};
use super::tally::values;
use super::terms::{self, Gap, Reading};

/// How many who are like the subject are asked.
const ALIKE: usize = 50;
/// Shares of paths times this, before the logarithm.
const PATH_SCALE: f32 = 200.0;

/// Who may answer, in the order in which they were found, and what is read of them.
#[derive(Clone, Default)]
pub(super) struct Answers {
    pub(super) entities: Vec<u32>,
    pub(super) readings: Vec<Reading>,
}

/// What is read of a subject whatever the relation.
pub(super) struct Subject {
    pub(super) answers: Answers,
    nearest: Shares,
    alike: Shares,
    /// The logarithm of its turns.
    busy: f32,
}

/// A question's own readings, and the subject's.
pub(super) struct Question {
    pub(super) subject: Rc<Subject>,
    /// All who may answer: those of the subject first.
    pub(super) entities: Vec<u32>,
    pub(super) readings: Vec<Reading>,
}

impl Question {
    /// All readings of all candidates.
    pub(super) fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.subject.answers.readings.iter().chain(&self.readings)
    }
}

/// Where among the answers an entity stands.
struct Places {
    place: Vec<u32>,
    mark: Vec<u32>,
    now: u32,
}

impl Places {
    fn start(&mut self, entities: &[u32]) {
        self.now += 1;
        for (at, &entity) in entities.iter().enumerate() {
            self.place[entity as usize] = at as u32;
            self.mark[entity as usize] = self.now;
        }
    }

    fn of(&mut self, entity: u32, entities: &mut Vec<u32>) -> u32 {
        let at = entity as usize;
        if self.mark[at] != self.now {
            self.mark[at] = self.now;
            self.place[at] = entities.len() as u32;
            entities.push(entity);
        }
        self.place[at]
    }
}

/// Reads the past as it stands before one step.
pub(super) struct Reader<'a> {
    past: &'a Past,
    step: u32,
    relations: u32,
    paths: Paths<'a>,
    subjects: HashMap<u32, Rc<Subject>>,
    places: Places,
}

impl<'a> Reader<'a> {
    /// `relations` counts both ways round: the one asked the other way round is half of them away.
    pub(super) fn new(past: &'a Past, step: u32, relations: u32) -> Reader<'a> {
        Reader {
            past,
            step,
            relations,
            paths: Paths::new(past, step),
            subjects: HashMap::new(),
            places: Places {
                place: vec![0; past.seen.len()],
                mark: vec![0; past.seen.len()],
                now: 0,
            },
        }
    }

    /// What is read for `(subject, relation, ?)`; `truths` are among the candidates whatever is known.
    pub(super) fn question(&mut self, subject: u32, relation: u32, truths: &[u32]) -> Question {
        let of_subject = match self.subjects.get(&subject) {
            Some(known) => known.clone(),
            None => {
                let read = Rc::new(self.subject(subject));
                self.subjects.insert(subject, read.clone());
                read
            }
        };
        let mut question = Question {
            entities: of_subject.answers.entities.clone(),
            subject: of_subject,
            readings: Vec::new(),
        };
        self.places.start(&question.entities);
        let half = self.relations / 2;
        let back = (relation + half) % self.relations;
        self.same(subject, relation, &mut question);
        self.back(subject, back, &mut question);
        self.paths_to(subject, relation, &mut question);
        self.paths_from(subject, relation, back, &mut question);
        for &truth in truths {
            self.places.of(truth, &mut question.entities);
        }
        question
    }

    fn subject(&mut self, subject: u32) -> Subject {
        let mut answers = Answers::default();
        self.places.start(&[]);
        let sums = self.acts(subject, &mut answers);
        self.meetings(subject, &sums, &mut answers);
        let busy = (self.past.pairs.row(subject).turns as f32).ln_1p();
        let nearest = self.paths.nearest(subject);
        let alike = self.two_acts(subject, &nearest, busy, &mut answers);
        Subject {
            answers,
            nearest,
            alike,
            busy,
        }
    }

    /// Every act between the subject and each candidate; gives the sums of both directions.
    fn acts(&mut self, subject: u32, answers: &mut Answers) -> Vec<[[f32; 3]; 2]> {
        let mut sums: Vec<[[f32; 3]; 2]> = Vec::new();
        for &(relation, line) in self.past.lines_of(subject) {
            let direction = usize::from(relation >= self.relations / 2);
            for entry in &self.past.lines.row(line).entries {
                let candidate = self.places.of(entry.other, &mut answers.entities);
                if sums.len() <= candidate as usize {
                    sums.push([[0.0; 3]; 2]);
                }
                let counts = entry.steps.at(self.step, &self.past.decay);
                for (sum, count) in sums[candidate as usize][direction].iter_mut().zip(counts) {
                    *sum += count;
                }
                answers.readings.push(Reading {
                    candidate,
                    term: terms::after(relation),
                    values: values(counts, 1.0),
                });
            }
        }
        sums
    }

    fn meetings(&mut self, subject: u32, sums: &[[[f32; 3]; 2]], answers: &mut Answers) {
        let (past, step) = (self.past, self.step);
        let own_turns = past.pairs.row(subject).turns;
        for (candidate, sum) in (0u32..).zip(sums) {
            let mut read = |term, values| {
                answers.readings.push(Reading {
                    candidate,
                    term,
                    values,
                })
            };
            for (term, counts) in [(terms::OUT, sum[0]), (terms::IN, sum[1])] {
                if counts[2] > 0.0 {
                    read(term, values(counts, 1.0));
                }
            }
            let object = answers.entities[candidate as usize];
            let turns = past.pairs.row(object).turns;
            let sides = [
                (
                    terms::MET_TURNS,
                    Gap::MetTurns,
                    past.pairs.entry(subject, object),
                    own_turns,
                ),
                (
                    terms::MET_BY_TURNS,
                    Gap::MetByTurns,
                    past.pairs.entry(object, subject),
                    turns,
                ),
            ];
            for (term, family, entry, turns) in sides {
                let Some(entry) = entry else { continue };
                let known = (turns as f32 + 1.0).ln_1p();
                let values = entry.turns.values(turns + 1, &past.decay, known);
                answers.readings.push(Reading {
                    candidate,
                    term,
                    values,
                });
                let bucket = entry.turns.gap(turns + 1);
                answers.readings.push(terms::gap(candidate, family, bucket));
            }
            if let Some(entry) = past.pairs.entry(subject, object) {
                let bucket = entry.steps.gap(step);
                answers
                    .readings
                    .push(terms::gap(candidate, Gap::Met, bucket));
            }
        }
    }

    /// Those whom the subject's nearest met: they may answer, and the likeliest are like the subject.
    fn two_acts(
        &mut self,
        subject: u32,
        nearest: &Shares,
        busy: f32,
        answers: &mut Answers,
    ) -> Shares {
        let mut reached = vec![0.0f32; answers.entities.len()];
        for &(between, share) in nearest.iter() {
            for &(object, onward) in self.paths.nearest(between).iter() {
                if object == subject {
                    continue;
                }
                let candidate = self.places.of(object, &mut answers.entities) as usize;
                if reached.len() <= candidate {
                    reached.push(0.0);
                }
                reached[candidate] += share * onward;
            }
        }
        let mut alike = Vec::new();
        for (candidate, &share) in (0u32..).zip(&reached) {
            if share > 0.0 {
                alike.push((answers.entities[candidate as usize], share));
                let value = (share * PATH_SCALE).ln_1p();
                let (term, values) = (terms::PATHS, [value, value * busy, 0.0, 0.0]);
                answers.readings.push(Reading {
                    candidate,
                    term,
                    values,
                });
            }
        }
        alike.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        alike.truncate(ALIKE);
        let sum: f32 = alike.iter().map(|(_, share)| share).sum();
        alike
            .iter()
            .map(|(other, share)| (*other, share / sum))
            .collect()
    }

    fn same(&mut self, subject: u32, relation: u32, question: &mut Question) {
        let (past, step) = (self.past, self.step);
        let Some(line) = past.line(subject, relation) else {
            return;
        };
        let row = past.lines.row(line);
        let middle = |e: &super::past::Entry| e.steps.values(step, &past.decay, 0.0)[1];
        let sum: f32 = row.entries.iter().map(middle).sum();
        for entry in &row.entries {
            let candidate = self.places.of(entry.other, &mut question.entities);
            let values = entry.steps.values(step, &past.decay, middle(entry) / sum);
            let in_turns =
                entry
                    .turns
                    .values(row.turns + 1, &past.decay, (row.turns as f32 + 1.0).ln_1p());
            question.readings.extend([
                Reading {
                    candidate,
                    term: terms::SAME,
                    values,
                },
                terms::gap(candidate, Gap::Same, entry.steps.gap(step)),
                Reading {
                    candidate,
                    term: terms::SAME_TURNS,
                    values: in_turns,
                },
                terms::gap(candidate, Gap::SameTurns, entry.turns.gap(row.turns + 1)),
            ]);
            let back = (relation + self.relations / 2) % self.relations;
            let Some(line) = past.line(entry.other, back) else {
                continue;
            };
            let Some(other) = past.lines.entry(line, subject) else {
                continue;
            };
            let turns = past.lines.row(line).turns;
            let values = other
                .turns
                .values(turns + 1, &past.decay, (turns as f32 + 1.0).ln_1p());
            question.readings.extend([
                Reading {
                    candidate,
                    term: terms::BACK_TURNS,
                    values,
                },
                terms::gap(candidate, Gap::BackTurns, other.turns.gap(turns + 1)),
            ]);
        }
    }

    fn back(&mut self, subject: u32, back: u32, question: &mut Question) {
        let Some(line) = self.past.line(subject, back) else {
            return;
        };
        for entry in &self.past.lines.row(line).entries {
            let candidate = self.places.of(entry.other, &mut question.entities);
            let values = entry.steps.values(self.step, &self.past.decay, 1.0);
            question.readings.push(Reading {
                candidate,
                term: terms::BACK,
                values,
            });
        }
    }

    /// What those whom the subject met, and those like it, did in the relation asked for.
    fn paths_to(&mut self, subject: u32, relation: u32, question: &mut Question) {
        let lists = [
            question.subject.nearest.clone(),
            question.subject.alike.clone(),
        ];
        let mut reached: Vec<(u32, usize, f32)> = Vec::new();
        for (which, list) in lists.iter().enumerate() {
            for &(other, share) in list.iter().filter(|(other, _)| *other != subject) {
                let Some(line) = self.past.line(other, relation) else {
                    continue;
                };
                let row = self.past.lines.row(line);
                let weigh = |e: &super::past::Entry| e.steps.weight(self.step, &self.past.decay);
                let sum = 0.5 + row.entries.iter().map(weigh).sum::<f32>();
                let worth = |e: &super::past::Entry| (e.other, which, share * weigh(e) / sum);
                reached.extend(row.entries.iter().map(worth));
            }
        }
        let busy = question.subject.busy;
        self.add_paths(
            subject,
            terms::PATHS_TO,
            reached,
            question,
            |[met, alike, ..]| [met, alike, met * busy, alike * busy],
        );
    }

    fn paths_from(&mut self, subject: u32, relation: u32, back: u32, question: &mut Question) {
        let mut reached: Vec<(u32, usize, f32)> = Vec::new();
        for &(between, share) in self.paths.nearest_in(subject, relation).iter() {
            for &(object, onward) in self.paths.nearest(between).iter() {
                reached.push((object, 0, share * onward));
            }
            for &(peer, onward) in self.paths.nearest_in(between, back).iter() {
                if peer == subject {
                    continue;
                }
                for &(object, last) in self.paths.nearest_in(peer, relation).iter() {
                    reached.push((object, 1, share * onward * last));
                }
            }
        }
        for &(between, share) in self.paths.nearest_in(subject, back).iter() {
            for (which, last) in [(2, relation), (3, back)] {
                for &(object, onward) in self.paths.nearest_in(between, last).iter() {
                    reached.push((object, which, share * onward));
                }
            }
        }
        self.add_paths(subject, terms::PATHS_FROM, reached, question, |four| four);
    }

    /// Adds up paths by their ends and kinds, and reads the sums.
    fn add_paths(
        &mut self,
        subject: u32,
        term: u32,
        reached: Vec<(u32, usize, f32)>,
        question: &mut Question,
        finish: impl Fn([f32; 4]) -> [f32; 4],
    ) {
        let mut sums: Vec<[f32; 4]> = vec![[0.0; 4]; question.entities.len()];
        for (object, which, worth) in reached {
            if object != subject {
                let candidate = self.places.of(object, &mut question.entities) as usize;
                if sums.len() <= candidate {
                    sums.push([0.0; 4]);
                }
                sums[candidate][which] += worth;
            }
        }
        for (candidate, sum) in (0u32..).zip(&sums) {
            if sum.iter().any(|worth| *worth > 0.0) {
                let values = finish(sum.map(|worth| (worth * PATH_SCALE).ln_1p()));
                question.readings.push(Reading {
                    candidate,
                    term,
                    values,
                });
            }
        }
    }
}
