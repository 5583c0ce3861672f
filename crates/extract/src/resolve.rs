//! Whose: offices, people and pronouns take the actor that the sentence tells («ستة أشخاص» in Egypt).

use base::ActorCode;

use crate::features::{Features, bucket, few};
use crate::judge::Judge;
use crate::mentions::{Mention, MentionKind};
use crate::scene::Scene;

/// An owner is taken from this chance on.
const OWNER_FLOOR: f32 = 0.5;

/// A mention that tells no actor by itself, and those who may be meant.
pub(crate) struct Open {
    pub(crate) nth: usize,
    /// Each mention that may tell, with what speaks for it.
    pub(crate) owners: Vec<(usize, Features)>,
}

/// The mentions of a sentence that tell no actor by themselves.
pub(crate) fn open(scene: &Scene<'_>, named: bool) -> Vec<Open> {
    let is_open = |m: &Mention| m.code.is_generic();
    let owners: Vec<usize> = (0..scene.mentions.len())
        .filter(|&n| {
            let m = &scene.mentions[n];
            !m.code.is_generic() && m.kind != MentionKind::Media
        })
        .collect();
    (0..scene.mentions.len())
        .filter(|&n| is_open(&scene.mentions[n]))
        .map(|nth| Open {
            nth,
            owners: owners
                .iter()
                .map(|&owner| (owner, evidence(scene, nth, owner, &owners, named)))
                .collect(),
        })
        .collect()
}

/// The code that each open mention takes from its likeliest owner.
pub(crate) fn codes(scene: &Scene<'_>, judge: &Judge) -> Vec<(usize, ActorCode)> {
    let resolve = |open: Open| {
        let weighed = open.owners.iter().map(|(n, f)| (*n, judge.chance(f)));
        let (owner, chance) = weighed.max_by(|a, b| a.1.total_cmp(&b.1))?;
        let code = joined(&scene.mentions[open.nth], &scene.mentions[owner]);
        (chance >= OWNER_FLOOR).then_some((open.nth, code))
    };
    open(scene, false).into_iter().filter_map(resolve).collect()
}

/// The code of an open mention of this owner.
fn joined(open: &Mention, owner: &Mention) -> ActorCode {
    match open.code.sector() {
        Some(sector) if owner.is_state => owner.code.with_sector(sector),
        Some(_) | None => owner.code.clone(),
    }
}

fn evidence(
    scene: &Scene<'_>,
    nth: usize,
    owner: usize,
    owners: &[usize],
    named: bool,
) -> Features {
    let (open, of) = (&scene.mentions[nth], &scene.mentions[owner]);
    let l = scene.language.code();
    let kind = open.kind.name();
    let sector = open.code.sector().unwrap_or("-");
    let (of_kind, of_sector) = (of.kind.name(), of.code.sector().unwrap_or("-"));
    let governor = scene.governor(owner).unwrap_or("-");
    let after = of.first > open.last;
    let order = if after { "after" } else { "before" };
    let (low, high) = if after {
        (open.last + 1, of.first)
    } else {
        (of.last + 1, open.first)
    };
    let near = bucket(high.saturating_sub(low));
    let mut roots: Vec<&str> = owners
        .iter()
        .map(|&n| scene.mentions[n].code.root())
        .collect();
    let same = roots.iter().filter(|r| **r == of.code.root()).count();
    roots.sort_unstable();
    roots.dedup();
    let rivals = few(roots.len() - 1);
    let between = owners
        .iter()
        .filter(|&&n| scene.mentions[n].first >= low && scene.mentions[n].last < high)
        .count();
    let between = few(between);
    let word = scene.tokens[open.first].folded.as_str();
    let path: Vec<&str> = scene
        .path(low, high)
        .into_iter()
        .filter(|c| *c != "x")
        .take(4)
        .collect();
    let path = path.join(" ");
    let mut f = Features::new(named);
    let mut add = |rest: &[&str]| {
        let mut parts = vec!["H", l, kind];
        parts.extend_from_slice(rest);
        f.add(&parts);
    };
    add(&[]);
    add(&[sector]);
    add(&["rivals", rivals]);
    add(&[sector, "rivals", rivals]);
    add(&[sector, of_kind, "rivals", rivals]);
    add(&[order, near]);
    add(&[order, "between", between]);
    add(&[sector, order, "between", between]);
    add(&[order, of_kind, governor]);
    add(&[sector, order, of_kind, governor]);
    add(&[sector, order, of_sector]);
    add(&[order, of_kind, "between", between, "rivals", rivals]);
    add(&[sector, of_kind]);
    add(&["word", word, order, of_kind]);
    add(&["word", word, order, of_sector]);
    add(&["same", few(same), "rivals", rivals]);
    add(&[order, "first", if owner == 0 { "yes" } else { "no" }]);
    add(&["path", order, &path]);
    add(&["path", order, &path, of_kind]);
    let arcs = scene.syntax.path(scene.tops[owner], scene.tops[nth]);
    add(&["arcs", &arcs]);
    add(&["arcs", sector, &arcs]);
    if !of.is_state {
        add(&["no state", sector]);
    }
    f
}
