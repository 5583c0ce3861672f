//! Dependency trees by arc-hybrid transitions, greedily, learned with a dynamic oracle
//! (Kuhlmann, Gómez-Rodríguez and Satta, 2011; Goldberg and Nivre, 2013), with features after Zhang
//! and Nivre (2011).

use base::Pos;

use crate::perceptron::{Learner, Scorer, feature, text_hash};
use crate::tag::Form;

/// The labels of arcs, as Universal Dependencies name them.
pub const DEPRELS: [&str; 45] = [
    "root",
    "acl",
    "acl:relcl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "aux:pass",
    "case",
    "cc",
    "ccomp",
    "clf",
    "compound",
    "conj",
    "cop",
    "csubj",
    "dep",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nmod:poss",
    "nsubj",
    "nsubj:pass",
    "nummod",
    "obj",
    "obl",
    "obl:agent",
    "obl:arg",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "vocative",
    "xcomp",
    "compound:prt",
    "obl:tmod",
];

/// The nearest label that is known: without its subtype where that is not.
#[must_use]
pub fn deprel(name: &str) -> usize {
    let at = |n: &str| DEPRELS.iter().position(|d| *d == n);
    let base = name.split(':').next().unwrap_or_default();
    at(name).or_else(|| at(base)).unwrap_or(17)
}

/// Each word's head, `None` for the root, and the index of its label.
pub type Tree = Vec<(Option<usize>, usize)>;

const SHIFT: usize = 0;
const LEFT: usize = 1;
const RIGHT: usize = 2;

struct State<'a> {
    forms: &'a [u64],
    tags: &'a [Pos],
    stack: Vec<usize>,
    next: usize,
    heads: Vec<Option<usize>>,
    labels: Vec<usize>,
    left: Vec<Option<usize>>,
    right: Vec<Option<usize>>,
    children: Vec<u8>,
}

impl<'a> State<'a> {
    fn new(forms: &'a [u64], tags: &'a [Pos]) -> State<'a> {
        let n = forms.len();
        State {
            forms,
            tags,
            stack: Vec::new(),
            next: 0,
            heads: vec![None; n],
            labels: vec![0; n],
            left: vec![None; n + 1],
            right: vec![None; n + 1],
            children: vec![0; n + 1],
        }
    }

    /// The root stands behind the last word.
    fn root(&self) -> usize {
        self.forms.len()
    }

    fn done(&self) -> bool {
        self.next == self.root() && self.stack.is_empty()
    }

    fn allows(&self, move_: usize) -> bool {
        match move_ {
            SHIFT => self.next < self.root(),
            LEFT => !self.stack.is_empty(),
            _ => self.stack.len() >= 2,
        }
    }

    /// Head and dependent of the arc that a move would draw.
    fn arc(&self, move_: usize) -> Option<(usize, usize)> {
        let top = *self.stack.last()?;
        match move_ {
            LEFT => Some((self.next, top)),
            RIGHT => Some((self.stack[self.stack.len().checked_sub(2)?], top)),
            _ => None,
        }
    }

    fn apply(&mut self, move_: usize, label: usize) {
        if let Some((head, dependent)) = self.arc(move_) {
            self.heads[dependent] = Some(head);
            self.labels[dependent] = label;
            self.children[head] = self.children[head].saturating_add(1);
            if dependent < head {
                self.left[head] = Some(dependent);
            } else {
                self.right[head] = Some(dependent);
            }
            self.stack.pop();
        } else {
            self.stack.push(self.next);
            self.next += 1;
        }
    }

    fn form(&self, at: Option<usize>) -> u64 {
        at.map_or(1, |i| self.forms.get(i).copied().unwrap_or(2))
    }

    fn tag(&self, at: Option<usize>) -> u64 {
        at.map_or(90, |i| self.tags.get(i).map_or(91, |t| *t as u64))
    }

    fn label(&self, at: Option<usize>) -> u64 {
        at.map_or(90, |i| self.labels.get(i).map_or(91, |l| *l as u64))
    }

    fn features(&self, found: &mut Vec<u32>) {
        found.clear();
        let from_top = |n: usize| self.stack.len().checked_sub(n + 1).map(|i| self.stack[i]);
        let ahead = |n: usize| (self.next + n <= self.root()).then_some(self.next + n);
        let (s0, s1, s2) = (from_top(0), from_top(1), from_top(2));
        let (b0, b1, b2) = (ahead(0), ahead(1), ahead(2));
        let (w0, w1, wb, wb1) = (self.form(s0), self.form(s1), self.form(b0), self.form(b1));
        let (t0, t1, t2) = (self.tag(s0), self.tag(s1), self.tag(s2));
        let (tb, tb1, tb2) = (self.tag(b0), self.tag(b1), self.tag(b2));
        let child = |of: Option<usize>, side: &[Option<usize>]| of.and_then(|i| side[i]);
        let (l0, r0) = (child(s0, &self.left), child(s0, &self.right));
        let (l1, r1) = (child(s1, &self.left), child(s1, &self.right));
        let lb = child(b0, &self.left);
        let kids = |of: Option<usize>| of.map_or(9, |i| u64::from(self.children[i].min(3)));
        let gap = |a: Option<usize>, b: Option<usize>| match (a, b) {
            (Some(a), Some(b)) => (b.abs_diff(a) as u64).min(6),
            _ => 9,
        };
        let (d0, d1) = (gap(s0, b0), gap(s1, s0));
        let mut add = |template: u8, parts: &[u64]| found.push(feature(template, parts));
        add(100, &[w0]);
        add(101, &[t0]);
        add(102, &[w0, t0]);
        add(103, &[w1]);
        add(104, &[t1]);
        add(105, &[wb]);
        add(106, &[tb]);
        add(107, &[wb, tb]);
        add(108, &[wb1, tb1]);
        add(109, &[t0, tb]);
        add(110, &[w0, wb]);
        add(111, &[w0, tb]);
        add(112, &[t0, wb]);
        add(113, &[w0, t0, tb]);
        add(114, &[t0, wb, tb]);
        add(115, &[t1, t0]);
        add(116, &[w1, w0]);
        add(117, &[t1, w0]);
        add(118, &[w1, t0]);
        add(119, &[t1, t0, tb]);
        add(120, &[t0, tb, tb1]);
        add(121, &[tb, tb1, tb2]);
        add(122, &[t2, t1, t0]);
        add(123, &[t0, self.tag(l0), tb]);
        add(124, &[t0, self.tag(r0), tb]);
        add(125, &[t1, self.tag(r1), t0]);
        add(126, &[t1, self.tag(l1), t0]);
        add(127, &[t0, self.tag(lb), tb]);
        add(128, &[t0, tb, d0]);
        add(129, &[t1, t0, d1]);
        add(130, &[w0, d0]);
        add(131, &[wb, d0]);
        add(132, &[t0, kids(s0), tb]);
        add(133, &[t1, kids(s1), t0]);
        add(134, &[tb, kids(b0), t0]);
        add(135, &[w0, kids(s0)]);
        add(136, &[t0, self.label(l0), self.label(r0), tb]);
        add(137, &[t1, self.label(l1), self.label(r1), t0]);
        add(138, &[w1, t1, wb, tb]);
        add(139, &[t1, tb, t0, d0]);
        add(140, &[w1, t0, tb]);
        add(141, &[self.form(l0), t0, tb]);
        add(142, &[self.form(lb), tb, t0]);
        add(143, &[t0, tb, tb1, self.label(r0)]);
        add(144, &[t1, w0, tb]);
    }

    /// What speaks for the label of an arc.
    fn label_features(&self, head: usize, dependent: usize, found: &mut Vec<u32>) {
        found.clear();
        let (h, d) = (Some(head), Some(dependent));
        let (wh, wd) = (self.form(h), self.form(d));
        let (th, td) = (self.tag(h), self.tag(d));
        let side = u64::from(head < dependent);
        let near = (head.abs_diff(dependent) as u64).min(5);
        let (case, last) = (self.left[dependent], self.right[dependent]);
        let (ch, cl) = (
            self.left.get(head).copied().flatten(),
            self.right.get(head).copied().flatten(),
        );
        let mut add = |template: u8, parts: &[u64]| found.push(feature(template, parts));
        add(160, &[th, td, side]);
        add(161, &[wh, td, side]);
        add(162, &[th, wd, side]);
        add(163, &[wh, wd]);
        add(164, &[wd]);
        add(165, &[td, side, self.form(case)]);
        add(166, &[th, td, side, self.tag(case), self.label(case)]);
        add(167, &[th, td, side, near]);
        add(168, &[th, td, side, self.label(cl)]);
        add(169, &[th, td, side, self.label(ch)]);
        add(170, &[wh, td, side, self.form(case)]);
        add(171, &[td, self.label(last), side]);
        add(
            172,
            &[
                th,
                td,
                self.tag(dependent.checked_sub(1)),
                self.tag(Some(dependent + 1)),
            ],
        );
        add(173, &[self.form(dependent.checked_sub(1)), td, th]);
        add(
            174,
            &[td, side, u64::from(self.children[dependent].min(3)), th],
        );
    }

    fn tree(self) -> Tree {
        let root = self.root();
        let heads = self.heads.into_iter().map(|h| h.filter(|&h| h != root));
        heads
            .zip(self.labels)
            .map(|(h, l)| (h, if h.is_none() { 0 } else { l }))
            .collect()
    }
}

fn word_hashes(forms: &[Form]) -> Vec<u64> {
    forms.iter().map(|f| text_hash(&f.folded)).collect()
}

/// The tree of a tagged sentence; its first root is the only one.
#[must_use]
pub fn parse(moves: &Scorer, labels: &Scorer, forms: &[Form], tags: &[Pos]) -> Tree {
    let hashes = word_hashes(forms);
    let mut state = State::new(&hashes, tags);
    let (mut found, mut scores) = (Vec::new(), Vec::new());
    while !state.done() {
        state.features(&mut found);
        moves.scores(&found, &mut scores);
        let allowed = (0..3).rev().filter(|&m| state.allows(m));
        let Some(best) = allowed.max_by_key(|&m| scores[m]) else {
            break;
        };
        let mut label = 0;
        if let Some((head, dependent)) = state.arc(best) {
            state.label_features(head, dependent, &mut found);
            labels.scores(&found, &mut scores);
            label = (0..scores.len())
                .rev()
                .max_by_key(|&n| scores[n])
                .unwrap_or(0);
        }
        state.apply(best, label);
    }
    one_root(state.tree())
}

/// Hangs every root but the first on the first.
fn one_root(mut tree: Tree) -> Tree {
    let first = tree.iter().position(|(h, _)| h.is_none());
    let parataxis = deprel("parataxis");
    for (nth, (head, label)) in tree.iter_mut().enumerate() {
        if head.is_none() && Some(nth) != first {
            (*head, *label) = (first, parataxis);
        }
    }
    tree
}

/// How many gold arcs a move makes unreachable.
fn cost(state: &State<'_>, gold: &[usize], move_: usize) -> usize {
    let (next, root) = (state.next, state.root());
    match move_ {
        SHIFT => {
            let below = &state.stack[..state.stack.len().saturating_sub(1)];
            let head_lost = below.contains(&gold[next]);
            let dependents = state.stack.iter().filter(|&&d| gold[d] == next).count();
            usize::from(head_lost) + dependents
        }
        _ => {
            let Some(&top) = state.stack.last() else {
                return 9;
            };
            let head = gold[top];
            let dependents = (next..root).filter(|&d| gold[d] == top).count();
            let head_lost = if move_ == LEFT {
                head > next
                    || (head < root
                        && state.stack.len() >= 2
                        && head == state.stack[state.stack.len() - 2])
            } else {
                head >= next
            };
            dependents + usize::from(head_lost)
        }
    }
}

/// Learns moves and labels from trees, in their order.
#[must_use]
pub fn learn(sentences: &[(Vec<Form>, Vec<Pos>, Tree)], epochs: usize) -> (Scorer, Scorer) {
    let (mut moves, mut labels) = (Learner::new(3), Learner::new(DEPRELS.len()));
    for epoch in 0..epochs {
        for (forms, tags, tree) in sentences {
            learn_one(&mut moves, &mut labels, forms, tags, tree, epoch > 0);
        }
    }
    (moves.finish(3), labels.finish(3))
}

fn learn_one(
    moves: &mut Learner,
    labels: &mut Learner,
    forms: &[Form],
    tags: &[Pos],
    tree: &Tree,
    explore: bool,
) {
    let hashes = word_hashes(forms);
    let mut state = State::new(&hashes, tags);
    let gold: Vec<usize> = tree.iter().map(|(h, _)| h.unwrap_or(forms.len())).collect();
    let (mut found, mut scores) = (Vec::new(), Vec::new());
    while !state.done() {
        state.features(&mut found);
        moves.scores(&found, &mut scores);
        let allowed: Vec<usize> = (0..3).filter(|&m| state.allows(m)).collect();
        let costs: Vec<usize> = (0..3)
            .map(|m| {
                if allowed.contains(&m) {
                    cost(&state, &gold, m)
                } else {
                    99
                }
            })
            .collect();
        let least = costs.iter().min().copied().unwrap_or(0);
        let best = |of: &dyn Fn(usize) -> bool| {
            allowed
                .iter()
                .copied()
                .rev()
                .filter(|&m| of(m))
                .max_by(|a, b| scores[*a].total_cmp(&scores[*b]))
        };
        let (Some(guess), Some(right)) = (best(&|_| true), best(&|m| costs[m] == least)) else {
            break;
        };
        let wrong = (costs[guess] > least).then_some((&found[..], guess));
        moves.learn((&found, right), wrong);
        let taken = if explore { guess } else { right };
        let mut label = 0;
        if let Some((head, dependent)) = state.arc(taken) {
            label = tree[dependent].1;
            if gold[dependent] == head {
                learn_label(labels, &state, head, dependent, label);
            }
        }
        state.apply(taken, label);
    }
}

fn learn_label(
    labels: &mut Learner,
    state: &State<'_>,
    head: usize,
    dependent: usize,
    right: usize,
) {
    let (mut found, mut scores) = (Vec::new(), Vec::new());
    state.label_features(head, dependent, &mut found);
    labels.scores(&found, &mut scores);
    let guess = (0..scores.len())
        .rev()
        .max_by(|a, b| scores[*a].total_cmp(&scores[*b]))
        .unwrap_or(0);
    let wrong = (guess != right).then_some((&found[..], guess));
    labels.learn((&found, right), wrong);
}
