//! One happening, with all who tell of it.

use crate::{ClaimId, Confidence, Day, DocumentId, Dyad, Quad};

/// What an account does with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    /// Tells it first hand, or as the first of its family of near-copies.
    Affirms,
    /// Tells what a near-copy of it tells too.
    Repeats,
    /// Says that it did not happen.
    Denies,
}

impl Stance {
    /// The word for it in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Stance::Affirms => "affirms",
            Stance::Repeats => "repeats",
            Stance::Denies => "denies",
        }
    }
}

/// One claim that tells of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The claim.
    pub claim: ClaimId,
    /// The article that makes it.
    pub document: DocumentId,
    /// Its publisher.
    pub outlet: Option<String>,
    /// What it does with the event.
    pub stance: Stance,
    /// How sure the coder is.
    pub confidence: Confidence,
}

/// One happening between two actors on one day. Its name is its pair, its label and its day.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Who acts on whom.
    pub dyad: Dyad,
    /// The day.
    pub day: Day,
    /// The type of act: of the codebook, or of the table that it comes from.
    pub label: String,
    /// The quadrant or relation, which tells its sign.
    pub quad: Quad,
    /// How grave or how warm, from 0 (words) to 10 (war).
    pub severity: f32,
    /// How many reports affirm it, near-copies counted once.
    pub reports: u32,
    /// How much it moves a relation, 0 where nobody affirms it.
    pub mass: f64,
    /// Who tells of it, by document and claim; empty where it comes from a table.
    pub accounts: Vec<Account>,
}

impl Event {
    /// Its name, such as `RUS>UKR ASSAULT 2022-02-24`.
    #[must_use]
    pub fn name(&self) -> String {
        let (from, to) = (self.dyad.from(), self.dyad.to());
        format!("{from}>{to} {} {}", self.label, self.day)
    }
}
