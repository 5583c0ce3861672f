//! The terms of a score: which there are, where each stands among the weights, and its name.
//!
//! Terms stand in fours, since most readings are four numbers: counts at three half-lives and one more.

use super::tally::{GAPS, HALF_LIVES, gap_name};

/// The same act before: the three counts, and the share of this object among all of the subject's.
pub(super) const SAME: u32 = 0;
/// The same act, the other way round.
pub(super) const BACK: u32 = 4;
/// Any act of the subject towards the object.
pub(super) const OUT: u32 = 8;
/// Any act of the object towards the subject.
pub(super) const IN: u32 = 12;
/// `SAME` by the turns of subject and relation; the fourth is how many turns there were.
pub(super) const SAME_TURNS: u32 = 16;
/// Meetings by the turns of the subject.
pub(super) const MET_TURNS: u32 = 20;
/// `BACK` by the turns of object and relation.
pub(super) const BACK_TURNS: u32 = 24;
/// Meetings by the turns of the object.
pub(super) const MET_BY_TURNS: u32 = 28;
/// Paths that do not depend on the relation asked for.
pub(super) const PATHS: u32 = 32;
/// Paths whose last step is the relation asked for.
pub(super) const PATHS_TO: u32 = 36;
/// Paths whose first step is the relation asked for, or its other way round.
pub(super) const PATHS_FROM: u32 = 40;
/// Since when: buckets of gaps, one family after the other.
pub(super) const GAP: u32 = 44;
const GAP_FAMILIES: [&str; 6] = [
    "same act, last in steps",
    "met, last in steps",
    "same act, last in turns of subject and relation",
    "met, last in turns of subject",
    "same act the other way round, last in turns of object and relation",
    "met, last in turns of object",
];
/// How many terms are shared by all relations; the three at the end only fill up a four.
pub(super) const SHARED: usize = GAP as usize + GAP_FAMILIES.len() * GAPS + 3;

/// The families of gaps, in the order of `GAP_FAMILIES`.
#[derive(Clone, Copy)]
pub(super) enum Gap {
    Same,
    Met,
    SameTurns,
    MetTurns,
    BackTurns,
    MetByTurns,
}

/// Four numbers that a candidate shows for the terms from `term` on.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub(super) candidate: u32,
    pub(super) term: u32,
    pub(super) values: [f32; 4],
}

/// The reading of a gap: a one at its bucket.
pub(super) fn gap(candidate: u32, family: Gap, bucket: usize) -> Reading {
    Reading {
        candidate,
        term: GAP + (family as usize * GAPS + bucket) as u32,
        values: [1.0, 0.0, 0.0, 0.0],
    }
}

/// The first term of what any act of `relation` between subject and object says of the act asked for.
pub(super) fn after(relation: u32) -> u32 {
    SHARED as u32 + 4 * relation
}

/// How many terms there are for `relations`, both ways round counted.
pub(super) fn count(relations: usize) -> usize {
    SHARED + 4 * relations
}

/// The name of a term.
pub(super) fn name(term: usize) -> String {
    const FOURS: [(&str, &str); 8] = [
        ("same act", "share of the subject's"),
        ("same act the other way round", "ever"),
        ("any act", "ever"),
        ("any act the other way round", "ever"),
        ("same act, in turns", "turns of subject and relation"),
        ("met, in turns of subject", "turns of subject"),
        (
            "same act the other way round, in turns",
            "turns of object and relation",
        ),
        ("met, in turns of object", "turns of object"),
    ];
    const PATH_NAMES: [&str; 12] = [
        "two acts away",
        "two acts away, by how busy the subject is",
        "",
        "",
        "same act by those it met",
        "same act by those like it",
        "same act by those it met, by how busy the subject is",
        "same act by those like it, by how busy the subject is",
        "met by those it did the same to",
        "same act by those who did the same to the same",
        "same act by those who did it to the subject",
        "did the same to those who did it to the subject",
    ];
    if term < PATHS as usize {
        let (what, fourth) = FOURS[term / 4];
        return four(what, fourth, term % 4);
    }
    if let Some(path) = PATH_NAMES.get(term - PATHS as usize) {
        return (*path).to_string();
    }
    if term < SHARED {
        let at = term - GAP as usize;
        return format!("{} {}", GAP_FAMILIES[at / GAPS], gap_name(at % GAPS));
    }
    let at = term - SHARED;
    four(&format!("act of relation {}", at / 4), "ever", at % 4)
}

/// How many terms say how common an object is: two fours.
pub(super) const COMMON: usize = 8;

/// The name of a term of how common an object is.
pub(super) fn common_name(term: usize) -> String {
    let what = ["object of anything", "object of the same relation"][term / 4];
    four(what, "ever", term % 4)
}

fn four(what: &str, fourth: &str, at: usize) -> String {
    match HALF_LIVES.get(at) {
        Some(half) => format!("{what}, half-life {half}"),
        None => format!("{what}, {fourth}"),
    }
}
