//! The model: a weight for every term, shared by all relations, and what each relation adds to it.
//!
//! A score is the sum of weights times what past events show; its exponential is in proportion to the
//! chance that this object is the one. Weights are learned by walking forward in time: before a step
//! is added to the past, its facts are asked for.

use std::ops::Range;

use super::common::{Common, exp};
use super::near::{Question, Reader};
use super::past::Past;
use super::rank::{Figures, expected_rank};
use super::terms::{self, COMMON, SHARED};
use super::weights::Weights;
use super::{Explanation, Fact, Graph, Query, Term};

/// How fast the weights learn that all relations share, …
const RATE: f32 = 0.1;
/// … what a relation adds to them, …
const OWN_RATE: f32 = 0.03;
/// … and what an act of one relation says of another.
const AFTER_RATE: f32 = 0.008;
/// Pulls weaker than this move nothing.
const LEAST_PULL: f32 = 1e-5;

/// Weights for the terms of a graph's relations.
pub struct Model {
    terms: usize,
    shared: Weights,
    own: Weights,
    common: Weights,
    own_common: Weights,
}

/// The questions of one step that have subject and relation in common.
struct Asked<'a> {
    subject: u32,
    facts: &'a [Fact],
}

impl Asked<'_> {
    /// The true objects, sorted, each once.
    fn truths(&self) -> Vec<u32> {
        let mut truths: Vec<u32> = self.facts.iter().map(|f| f.object).collect();
        truths.sort_unstable();
        truths.dedup();
        truths
    }
}

/// One question's candidates with their scores, on the common ground of all.
struct Scored<'a, 'b> {
    common: &'a Common<'b>,
    question: Question,
    scores: Vec<f32>,
}

impl Model {
    /// A model that has learned nothing.
    #[must_use]
    pub fn new(graph: &Graph) -> Model {
        let (relations, terms) = (
            graph.relations as usize,
            terms::count(graph.relations as usize),
        );
        Model {
            terms,
            shared: Weights::new(SHARED),
            own: Weights::new(relations * terms),
            common: Weights::new(COMMON),
            own_common: Weights::new(relations * COMMON),
        }
    }

    /// Learns from the facts of some steps, once, in the order of time.
    pub fn learn(&mut self, graph: &Graph, steps: Range<u32>) {
        walk(graph, steps, |past, step, facts| {
            let mut reader = Reader::new(past, step, graph.relations);
            let mut common = Common::new(past, step);
            for of_relation in facts.chunk_by(|a, b| a.relation == b.relation) {
                self.learn_relation(&mut reader, &mut common, of_relation);
            }
        });
    }

    /// Asks for both sides of every fact of some steps, each step from what was before it.
    #[must_use]
    pub fn measure(&self, graph: &Graph, steps: Range<u32>) -> Figures {
        let mut figures = Figures::default();
        walk(graph, steps, |past, step, facts| {
            let mut reader = Reader::new(past, step, graph.relations);
            let mut common = Common::new(past, step);
            for of_relation in facts.chunk_by(|a, b| a.relation == b.relation) {
                let relation = of_relation[0].relation;
                common.turn_to(relation, &self.common_row(relation));
                let row = self.row(relation);
                for asked in questions(of_relation) {
                    let truths = asked.truths();
                    let question = reader.question(asked.subject, relation, &truths);
                    let scores = Scored::new(&row, &common, question).of_all();
                    for fact in asked.facts {
                        figures.add(expected_rank(&scores, fact.object, &truths));
                    }
                }
            }
        });
        figures
    }

    /// Why an object has its score: every term that is not nought, the weightiest first.
    #[must_use]
    pub fn explain(&self, graph: &Graph, query: Query, object: u32) -> Explanation {
        let past = past_before(graph, query.step);
        let mut reader = Reader::new(&past, query.step, graph.relations);
        let mut common = Common::new(&past, query.step);
        let weights = self.common_row(query.relation);
        common.turn_to(query.relation, &weights);
        let row = self.row(query.relation);
        let question = reader.question(query.subject, query.relation, &[object]);
        let mut terms = Vec::new();
        let mut add = |name: String, weight: f32, value: f32| {
            if weight * value != 0.0 {
                terms.push(Term {
                    name,
                    weight,
                    value,
                });
            }
        };
        let candidate = question.entities.iter().position(|e| *e == object);
        for reading in question
            .readings()
            .filter(|r| Some(r.candidate as usize) == candidate)
        {
            for (at, value) in (reading.term as usize..).zip(reading.values) {
                add(terms::name(at), row[at], value);
            }
        }
        for (at, value) in common.values(object).into_iter().enumerate() {
            add(terms::common_name(at), weights[at], value);
        }
        let worth = |term: &Term| (term.weight * term.value).abs();
        terms.sort_by(|a, b| {
            worth(b)
                .total_cmp(&worth(a))
                .then_with(|| a.name.cmp(&b.name))
        });
        let scores = Scored::new(&row, &common, question).of_all();
        Explanation {
            score: scores[object as usize],
            rank: expected_rank(&scores, object, &[]),
            terms,
            events: graph.between(query.subject, object, query.step),
        }
    }

    /// The weights that hold for a relation.
    fn row(&self, relation: u32) -> Vec<f32> {
        let mut row = self
            .own
            .part(relation as usize * self.terms, self.terms)
            .to_vec();
        for (weight, shared) in row.iter_mut().zip(self.shared.part(0, SHARED)) {
            *weight += shared;
        }
        row
    }

    fn common_row(&self, relation: u32) -> [f32; COMMON] {
        let own = self.own_common.part(relation as usize * COMMON, COMMON);
        let shared = self.common.part(0, COMMON);
        std::array::from_fn(|at| own[at] + shared[at])
    }

    fn learn_relation(&mut self, reader: &mut Reader<'_>, common: &mut Common<'_>, facts: &[Fact]) {
        let relation = facts[0].relation;
        common.turn_to(relation, &self.common_row(relation));
        let (sum, sums) = common.sums();
        let mut of_common = [0.0; COMMON];
        for asked in questions(facts) {
            let question = reader.question(asked.subject, relation, &asked.truths());
            let scored = Scored::new(&self.row(relation), common, question);
            let (pulls, scale) = scored.pulls(&asked, sum);
            let of_all = scored.common_gradients(&pulls, scale, &sums);
            for (sum, gradient) in of_common.iter_mut().zip(of_all) {
                *sum += gradient;
            }
            self.move_row(relation, &scored.gradients(&pulls, self.terms));
        }
        self.common.learn(0, &of_common, RATE);
        self.own_common
            .learn(relation as usize * COMMON, &of_common, OWN_RATE);
    }

    fn move_row(&mut self, relation: u32, gradients: &[f32]) {
        let first = relation as usize * self.terms;
        self.shared.learn(0, &gradients[..SHARED], RATE);
        self.own.learn(first, &gradients[..SHARED], OWN_RATE);
        self.own
            .learn(first + SHARED, &gradients[SHARED..], AFTER_RATE);
    }
}

impl<'a, 'b> Scored<'a, 'b> {
    fn new(row: &[f32], common: &'a Common<'b>, question: Question) -> Scored<'a, 'b> {
        let score = |entity: &u32| common.scores[*entity as usize];
        let mut scores: Vec<f32> = question.entities.iter().map(score).collect();
        for reading in question.readings() {
            let weights = &row[reading.term as usize..reading.term as usize + 4];
            let [a, b, c, d] = reading.values;
            scores[reading.candidate as usize] +=
                weights[0] * a + weights[1] * b + weights[2] * c + weights[3] * d;
        }
        Scored {
            common,
            question,
            scores,
        }
    }

    /// The scores of every entity.
    fn of_all(self) -> Vec<f32> {
        let mut all = self.common.scores.clone();
        for (entity, score) in self.question.entities.iter().zip(self.scores) {
            all[*entity as usize] = score;
        }
        all
    }

    /// How far each candidate is to be pulled down, and by how much the odds of all others are to be
    /// multiplied to get theirs: the gradient of the cross-entropy of each truth among all but the
    /// other truths. `sum` is that of the common odds.
    fn pulls(&self, asked: &Asked<'_>, sum: f32) -> (Vec<f32>, f32) {
        let mut odds: Vec<f32> = self.scores.iter().map(|score| exp(*score)).collect();
        let truths = asked.truths();
        let is_truth = |entity: &u32| truths.binary_search(entity).is_ok();
        let mut rest = f64::from(sum);
        for (entity, odds) in self.question.entities.iter().zip(&odds) {
            rest -= f64::from(self.common.odds[*entity as usize]);
            if !is_truth(entity) {
                rest += f64::from(*odds);
            }
        }
        let rest = rest.max(1e-6) as f32;
        let mut scale = 0.0;
        for (entity, odds) in self.question.entities.iter().zip(&mut odds) {
            if is_truth(entity) {
                let times = asked.facts.iter().filter(|f| f.object == *entity).count() as f32;
                scale += times / (rest + *odds);
                *odds = -times * rest / (rest + *odds);
            }
        }
        for (entity, odds) in self.question.entities.iter().zip(&mut odds) {
            if !is_truth(entity) {
                *odds *= scale;
            }
        }
        (odds, scale)
    }

    fn gradients(&self, pulls: &[f32], terms: usize) -> Vec<f32> {
        let mut gradients = vec![0.0; terms];
        for reading in self.question.readings() {
            let pull = pulls[reading.candidate as usize];
            if pull.abs() > LEAST_PULL {
                let four = &mut gradients[reading.term as usize..reading.term as usize + 4];
                for (gradient, value) in four.iter_mut().zip(reading.values) {
                    *gradient += pull * value;
                }
            }
        }
        gradients
    }

    fn common_gradients(&self, pulls: &[f32], scale: f32, sums: &[f32; COMMON]) -> [f32; COMMON] {
        let mut gradients = sums.map(|sum| sum * scale);
        for (entity, pull) in self.question.entities.iter().zip(pulls) {
            let beyond = pull - self.common.odds[*entity as usize] * scale;
            for (gradient, value) in gradients.iter_mut().zip(self.common.values(*entity)) {
                *gradient += beyond * value;
            }
        }
        gradients
    }
}

/// The questions that facts of one step and relation ask.
fn questions(facts: &[Fact]) -> impl Iterator<Item = Asked<'_>> {
    facts
        .chunk_by(|a, b| a.subject == b.subject)
        .map(|facts| Asked {
            subject: facts[0].subject,
            facts,
        })
}

/// All that happened before a step.
fn past_before(graph: &Graph, step: u32) -> Past {
    let mut past = Past::new(
        graph.entities as usize,
        graph.relations as usize,
        graph.steps.len(),
    );
    for facts in graph.steps.iter().take(step as usize) {
        past.add(facts);
    }
    past
}

/// Goes through some steps, each with the past before it.
fn walk(graph: &Graph, steps: Range<u32>, mut visit: impl FnMut(&Past, u32, &[Fact])) {
    let mut past = past_before(graph, steps.start);
    for step in steps {
        let Some(facts) = graph.steps.get(step as usize) else {
            return;
        };
        visit(&past, step, facts);
        past.add(facts);
    }
}
