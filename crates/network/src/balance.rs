//! Structural balance: how many relations stand in the way of two camps in peace with themselves.
//!
//! The frustration index is the least number of edges that must be left aside so that the rest is
//! balanced (Harary 1959). It is the least cover of all negative cycles: an integer program whose
//! constraints are added as they are found violated (Aref, Mason and Wilson 2018, arXiv:1611.09030).
//! The answer is its own certificate: the two camps show that no more edges are needed, and the
//! cycles show that no fewer are.

mod cover;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::time::{Duration, Instant};

use crate::chance::Chance;
use cover::cover;

/// An undirected signed graph without loops or double edges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    names: Vec<String>,
    edges: Vec<(usize, usize, i8)>,
    near: Vec<Vec<(usize, usize)>>,
}

/// How far from balance a graph is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frustration {
    /// No camps leave fewer edges frustrated than this.
    pub lower: usize,
    /// The camps below leave so many frustrated; equal to `lower` where the optimum is proven.
    pub upper: usize,
    /// The camp of each node.
    pub camps: Vec<bool>,
    /// The edges that the camps leave frustrated.
    pub frustrated: Vec<usize>,
    /// Negative cycles as sets of edges; every cover of them has `lower` edges or more.
    pub cycles: Vec<Vec<usize>>,
}

/// Triangles by their signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Triangles {
    /// Three friendly edges.
    pub ppp: usize,
    /// Two friendly edges and a hostile one: frustrated.
    pub ppm: usize,
    /// One friendly edge and two hostile ones.
    pub pmm: usize,
    /// Three hostile edges: frustrated.
    pub mmm: usize,
}

impl Triangles {
    /// The share of balanced ones; `None` where there is no triangle.
    #[must_use]
    pub fn balanced(self) -> Option<f64> {
        let all = self.ppp + self.ppm + self.pmm + self.mmm;
        (all > 0).then(|| (self.ppp + self.pmm) as f64 / all as f64)
    }
}

impl Signed {
    /// The graph of some edges with their signs; loops are left out, and of two edges between the same
    /// nodes the first counts. Nodes are in the order of their names.
    #[must_use]
    pub fn new<'a>(edges: impl IntoIterator<Item = (&'a str, &'a str, i8)>) -> Signed {
        let mut told: BTreeMap<(&str, &str), i8> = BTreeMap::new();
        for (a, b, sign) in edges {
            if a != b && sign != 0 {
                told.entry(if a < b { (a, b) } else { (b, a) })
                    .or_insert(sign.signum());
            }
        }
        let names: BTreeSet<&str> = told.keys().flat_map(|(a, b)| [*a, *b]).collect();
        let names: Vec<String> = names.into_iter().map(str::to_string).collect();
        let at = |name: &str| {
            names
                .binary_search_by(|n| n.as_str().cmp(name))
                .unwrap_or_default()
        };
        let edges = told
            .iter()
            .map(|((a, b), sign)| (at(a), at(b), *sign))
            .collect();
        Signed::of(names.clone(), edges)
    }

    fn of(names: Vec<String>, edges: Vec<(usize, usize, i8)>) -> Signed {
        let mut near = vec![Vec::new(); names.len()];
        for (nth, (a, b, _)) in edges.iter().enumerate() {
            near[*a].push((*b, nth));
            near[*b].push((*a, nth));
        }
        Signed { names, edges, near }
    }

    /// The names of the nodes.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The edges: two nodes by number, and the sign.
    #[must_use]
    pub fn edges(&self) -> &[(usize, usize, i8)] {
        &self.edges
    }

    /// The triangles, each once, as three edges.
    fn threes(&self) -> Vec<[usize; 3]> {
        let mut edge_of = BTreeMap::new();
        for (nth, (a, b, _)) in self.edges.iter().enumerate() {
            edge_of.insert((*a, *b), nth);
        }
        let mut found = Vec::new();
        for (nth, (a, b, _)) in self.edges.iter().enumerate() {
            for (c, other) in self.near[*b].iter().filter(|(c, _)| c > b) {
                if let Some(third) = edge_of.get(&(*a, *c)) {
                    found.push([nth, *other, *third]);
                }
            }
        }
        found
    }

    /// How many triangles there are of each kind.
    #[must_use]
    pub fn triangles(&self) -> Triangles {
        let mut found = Triangles::default();
        for three in self.threes() {
            match three.iter().filter(|e| self.edges[**e].2 < 0).count() {
                0 => found.ppp += 1,
                1 => found.ppm += 1,
                2 => found.pmm += 1,
                _ => found.mmm += 1,
            }
        }
        found
    }

    /// The triangles that frustrate, as names, in the order of names.
    #[must_use]
    pub fn frustrating(&self) -> Vec<[&str; 3]> {
        let is_negative =
            |three: &[usize; 3]| three.iter().filter(|e| self.edges[**e].2 < 0).count() % 2 == 1;
        let named = |three: [usize; 3]| {
            let nodes: BTreeSet<usize> = three
                .iter()
                .flat_map(|e| [self.edges[*e].0, self.edges[*e].1])
                .collect();
            let mut names = nodes.into_iter().map(|n| self.names[n].as_str());
            [(); 3].map(|()| names.next().unwrap_or_default())
        };
        self.threes()
            .into_iter()
            .filter(is_negative)
            .map(named)
            .collect()
    }

    /// A graph with as many friendly and hostile edges at each node, otherwise random: pairs of edges of
    /// one sign swap ends, ten times as often as there are edges (Maslov and Sneppen 2002).
    #[must_use]
    pub fn shuffled(&self, seed: u64) -> Signed {
        let mut chance = Chance(seed);
        let mut edges = self.edges.clone();
        let key = |a: usize, b: usize| if a < b { (a, b) } else { (b, a) };
        let mut taken: BTreeSet<(usize, usize)> =
            edges.iter().map(|(a, b, _)| key(*a, *b)).collect();
        for _ in 0..edges.len() * 10 {
            let (i, j) = (chance.below(edges.len()), chance.below(edges.len()));
            let ((a, b, sign), (mut c, mut d, other)) = (edges[i], edges[j]);
            if chance.below(2) == 0 {
                (c, d) = (d, c);
            }
            let (one, two) = (key(a, d), key(c, b));
            let fits = i != j && sign == other && a != d && c != b && one != two;
            if fits && !taken.contains(&one) && !taken.contains(&two) {
                taken.remove(&key(a, b));
                taken.remove(&key(c, d));
                taken.extend([one, two]);
                edges[i] = (one.0, one.1, sign);
                edges[j] = (two.0, two.1, sign);
            }
        }
        Signed::of(self.names.clone(), edges)
    }

    /// The edges that two camps leave frustrated.
    fn frustrated(&self, camps: &[bool]) -> Vec<usize> {
        let is = |(a, b, sign): &(usize, usize, i8)| (camps[*a] == camps[*b]) != (*sign > 0);
        (0..self.edges.len())
            .filter(|e| is(&self.edges[*e]))
            .collect()
    }

    /// Camps by local search: from where one stands, nodes change sides while that helps.
    fn settle(&self, mut camps: Vec<bool>) -> Vec<bool> {
        loop {
            let mut moved = false;
            for node in 0..camps.len() {
                let gain: i32 = self.near[node]
                    .iter()
                    .map(|(other, edge)| {
                        let fits = (camps[node] == camps[*other]) == (self.edges[*edge].2 > 0);
                        if fits { -1 } else { 1 }
                    })
                    .sum();
                if gain > 0 {
                    camps[node] = !camps[node];
                    moved = true;
                }
            }
            if !moved {
                return camps;
            }
        }
    }

    /// The best camps of some local searches.
    fn searched(&self, rounds: u64) -> Vec<bool> {
        let mut best = self.settle(vec![true; self.names.len()]);
        let mut least = self.frustrated(&best).len();
        for seed in 0..rounds {
            let mut chance = Chance(seed + 1);
            let begun = if seed % 2 == 0 {
                (0..self.names.len())
                    .map(|_| chance.below(2) == 0)
                    .collect()
            } else {
                let mut kicked = best.clone();
                for _ in 0..self.names.len() / 8 + 1 {
                    let at = chance.below(kicked.len().max(1));
                    kicked[at] = !kicked[at];
                }
                kicked
            };
            let found = self.settle(begun);
            let count = self.frustrated(&found).len();
            if count < least {
                (best, least) = (found, count);
            }
        }
        best
    }

    /// Camps in which only edges of weight above a half are frustrated, where these balance the graph.
    fn camps_without(&self, cut: &[bool]) -> Option<Vec<bool>> {
        let mut camps: Vec<Option<bool>> = vec![None; self.names.len()];
        for start in 0..camps.len() {
            if camps[start].is_some() {
                continue;
            }
            camps[start] = Some(true);
            let mut stack = vec![start];
            while let Some(node) = stack.pop() {
                let own = camps[node]?;
                for (other, edge) in self.near[node].iter().filter(|(_, e)| !cut[*e]) {
                    let wanted = own == (self.edges[*edge].2 > 0);
                    match camps[*other] {
                        None => {
                            camps[*other] = Some(wanted);
                            stack.push(*other);
                        }
                        Some(found) if found != wanted => return None,
                        Some(_) => {}
                    }
                }
            }
        }
        camps.into_iter().collect()
    }

    /// Negative closed walks whose edges weigh less than one together, as sets of edges: the shortest
    /// through each node, by Dijkstra on the double cover of the graph.
    fn violated(&self, weight: &[f64]) -> BTreeSet<Vec<usize>> {
        let mut found = BTreeSet::new();
        for start in 0..self.names.len() {
            if let Some(cycle) = self.negative_walk(start, weight) {
                found.insert(cycle);
            }
        }
        found
    }

    fn negative_walk(&self, start: usize, weight: &[f64]) -> Option<Vec<usize>> {
        let count = self.names.len();
        let mut far = vec![f64::INFINITY; 2 * count];
        let mut from: Vec<Option<(usize, usize)>> = vec![None; 2 * count];
        let mut heap = BinaryHeap::new();
        far[start] = 0.0;
        heap.push(Reverse((Distance(0.0), start)));
        while let Some(Reverse((Distance(own), place))) = heap.pop() {
            if own > far[place] {
                continue;
            }
            if place == start + count {
                break;
            }
            let (node, flipped) = (place % count, place >= count);
            for (other, edge) in &self.near[node] {
                let flips = flipped != (self.edges[*edge].2 < 0);
                let next = other + if flips { count } else { 0 };
                let length = own + weight[*edge].max(0.0) + 1e-9;
                if length < far[next] && length < 1.0 - 1e-6 {
                    far[next] = length;
                    from[next] = Some((place, *edge));
                    heap.push(Reverse((Distance(length), next)));
                }
            }
        }
        let mut edges = BTreeSet::new();
        let mut place = start + count;
        while let Some((before, edge)) = from[place] {
            edges.insert(edge);
            place = before;
            if place == start {
                return Some(edges.into_iter().collect());
            }
        }
        None
    }

    /// The frustration index: proven within the time, else bounds.
    #[must_use]
    pub fn frustration(&self, limit: Duration) -> Frustration {
        let begun = Instant::now();
        let camps = self.searched(60);
        let upper = self.frustrated(&camps).len();
        let mut state = Frustration {
            lower: 0,
            upper,
            camps,
            frustrated: Vec::new(),
            cycles: Vec::new(),
        };
        let is_negative =
            |three: &[usize; 3]| three.iter().filter(|e| self.edges[**e].2 < 0).count() % 2 == 1;
        let mut cycles: BTreeSet<Vec<usize>> = self
            .threes()
            .into_iter()
            .filter(is_negative)
            .map(|t| t.to_vec())
            .collect();
        let mut whole = false;
        while state.lower < state.upper {
            let left = limit.saturating_sub(begun.elapsed());
            let Some((bound, weight)) = cover(self.edges.len(), &cycles, whole, left) else {
                break;
            };
            state.lower = state.lower.max((bound - 1e-6).ceil().max(0.0) as usize);
            let cut: Vec<bool> = weight.iter().map(|w| *w > 0.5).collect();
            if let Some(camps) = self.camps_without(&cut) {
                self.take(&mut state, self.settle(camps));
            }
            let more = self.violated(&weight);
            let before = cycles.len();
            cycles.extend(more);
            if cycles.len() == before {
                if whole {
                    break;
                }
                whole = true;
            }
        }
        state.frustrated = self.frustrated(&state.camps);
        state.cycles = cycles.into_iter().collect();
        state
    }

    fn take(&self, state: &mut Frustration, camps: Vec<bool>) {
        let count = self.frustrated(&camps).len();
        if count < state.upper {
            state.upper = count;
            state.camps = camps;
        }
    }
}

/// A length that can be compared; lengths are never no number.
#[derive(PartialEq, PartialOrd)]
struct Distance(f64);

impl Eq for Distance {}

#[expect(
    clippy::derive_ord_xor_partial_ord,
    reason = "lengths are never no number"
)]
impl Ord for Distance {
    fn cmp(&self, other: &Distance) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Signed;
    use crate::chance::Chance;
    use std::time::Duration;

    fn by_force(graph: &Signed) -> usize {
        let count = graph.names().len();
        (0..1_u32 << count)
            .map(|bits| {
                let camps: Vec<bool> = (0..count).map(|n| bits >> n & 1 == 1).collect();
                graph.frustrated(&camps).len()
            })
            .min()
            .unwrap_or(0)
    }

    #[test]
    fn small_graphs_have_the_index_that_trying_all_camps_gives() {
        let names: Vec<String> = (0..9).map(|n| format!("N{n}")).collect();
        for seed in 0..40 {
            let mut chance = Chance(seed);
            let mut edges = Vec::new();
            for a in 0..names.len() {
                for b in a + 1..names.len() {
                    if chance.below(3) > 0 {
                        let sign = if chance.below(2) == 0 { 1 } else { -1 };
                        edges.push((names[a].as_str(), names[b].as_str(), sign));
                    }
                }
            }
            let graph = Signed::new(edges);
            let found = graph.frustration(Duration::from_secs(10));
            assert_eq!(
                (found.lower, found.upper),
                (by_force(&graph), by_force(&graph)),
                "{seed}"
            );
            assert_eq!(found.frustrated.len(), found.upper);
        }
    }

    #[test]
    fn a_triangle_of_enemies_is_frustrated() {
        let graph = Signed::new([
            ("A", "B", -1),
            ("B", "C", -1),
            ("A", "C", -1),
            ("C", "D", 1),
        ]);
        assert_eq!(graph.frustration(Duration::from_secs(1)).upper, 1);
        assert_eq!(graph.triangles().mmm, 1);
        assert_eq!(graph.frustrating(), [["A", "B", "C"]]);
    }

    #[test]
    fn a_shuffled_graph_keeps_its_degrees() {
        let names: Vec<String> = (0..12).map(|n| format!("N{n}")).collect();
        let edges = (0..12).flat_map(|a| (a + 1..12).step_by(2).map(move |b| (a, b)));
        let graph = Signed::new(edges.map(|(a, b)| {
            (
                names[a].as_str(),
                names[b].as_str(),
                if (a + b) % 3 == 0 { -1 } else { 1 },
            )
        }));
        let degrees = |g: &Signed| -> Vec<(usize, i32)> {
            (0..12)
                .map(|n| {
                    (
                        g.near[n].len(),
                        g.near[n]
                            .iter()
                            .map(|(_, e)| i32::from(g.edges[*e].2))
                            .sum(),
                    )
                })
                .collect()
        };
        let other = graph.shuffled(3);
        assert_eq!(degrees(&graph), degrees(&other));
        assert_ne!(graph.edges(), other.edges());
    }
}
