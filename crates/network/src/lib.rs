//! From what is known to events, and from events to signed relations that change day by day.
//!
//! Plain calculation: nothing here knows text, models or disk.

pub mod balance;
mod chance;
mod events;
pub mod graph;
pub mod ledger;
pub mod leverage;
pub mod odds;
mod relate;
mod standing;
pub mod turns;

pub use events::{Origin, effective, events};
pub use relate::{by_month, count, dyads, relate};
pub use standing::{Standing, signed, standings};
