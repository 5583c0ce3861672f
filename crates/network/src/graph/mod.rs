//! Event graphs: who will do what to whom next, from who did what to whom before.
//!
//! Answers `(subject, relation, ?, step)` by a sum of weights times past events. How well that goes is
//! measured on the usual benchmarks; see `docs/forecast.md`. Reading files is left to others.

mod common;
mod model;
mod near;
mod past;
mod paths;
mod rank;
mod tally;
mod terms;
mod weights;

pub use model::Model;
pub use rank::Figures;
pub use tally::HALF_LIVES;

/// An act of one entity towards another on a step of time; all four are numbered from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// When: days, years or whatever the graph counts in.
    pub step: u32,
    /// What is done. A graph adds the other way round of each, after all others.
    pub relation: u32,
    /// Who does it.
    pub subject: u32,
    /// To whom.
    pub object: u32,
}

/// A question: to whom will the subject do this on that step?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    /// When.
    pub step: u32,
    /// What is done.
    pub relation: u32,
    /// Who does it.
    pub subject: u32,
}

/// Facts by their steps, each in both directions, so that either side can be asked for.
pub struct Graph {
    entities: u32,
    relations: u32,
    steps: Vec<Vec<Fact>>,
}

impl Graph {
    /// The graph of some facts, in whatever order they come.
    ///
    /// Memory grows with the highest number of an entity, with the square of the highest of a
    /// relation, and with the last step: whoever reads numbers from outside limits them.
    #[must_use]
    pub fn new(facts: &[Fact]) -> Graph {
        let beyond = |highest: Option<u32>| highest.map_or(0, |number| number + 1);
        let entities = beyond(facts.iter().map(|f| f.subject.max(f.object)).max());
        let half = beyond(facts.iter().map(|f| f.relation).max());
        let mut steps = vec![Vec::new(); beyond(facts.iter().map(|f| f.step).max()) as usize];
        for &fact in facts {
            let back = Fact {
                subject: fact.object,
                relation: fact.relation + half,
                object: fact.subject,
                ..fact
            };
            steps[fact.step as usize].extend([fact, back]);
        }
        for facts in &mut steps {
            facts.sort_unstable();
        }
        Graph {
            entities,
            relations: 2 * half,
            steps,
        }
    }

    /// How many entities there are, by the highest number.
    #[must_use]
    pub fn entities(&self) -> u32 {
        self.entities
    }

    /// How many relations there are, the other way round of each counted too.
    #[must_use]
    pub fn relations(&self) -> u32 {
        self.relations
    }

    /// The facts between two entities before a step, the latest first.
    fn between(&self, subject: u32, object: u32, step: u32) -> Vec<Fact> {
        let before = self.steps.iter().take(step as usize).rev().flatten();
        before
            .filter(|f| f.subject == subject && f.object == object)
            .copied()
            .collect()
    }
}

/// Why an object has its score.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The sum of the terms' weights times values.
    pub score: f32,
    /// The object's rank among all entities, ties by the mean of their places.
    pub rank: f64,
    /// What the score is the sum of.
    pub terms: Vec<Term>,
    /// What passed between subject and object before, the latest first; a relation in the second half
    /// of all is the other way round.
    pub events: Vec<Fact>,
}

/// One term of a score.
#[derive(Clone, Debug)]
pub struct Term {
    /// What of the past it looks at.
    pub name: String,
    /// What was learned of it.
    pub weight: f32,
    /// What the past shows: the logarithm of one more than a decayed count, a share, or a one.
    pub value: f32,
}

#[cfg(test)]
mod tests;
