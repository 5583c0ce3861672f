//! The least cover of negative cycles by edges, as a linear or an integer program.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolutionStatus};

/// The least cover of some cycles by edges, in fractions or in whole edges: its size (a lower bound of it
/// where the time ran out) and the weight of each edge.
pub(super) fn cover(
    edges: usize,
    cycles: &BTreeSet<Vec<usize>>,
    whole: bool,
    limit: Duration,
) -> Option<(f64, Vec<f64>)> {
    if limit.is_zero() {
        return None;
    }
    if cycles.is_empty() {
        return Some((0.0, vec![0.0; edges]));
    }
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    problem.set_time_limit(limit);
    let used: BTreeSet<usize> = cycles.iter().flatten().copied().collect();
    let vars: BTreeMap<usize, _> = used
        .iter()
        .map(|e| {
            (
                *e,
                if whole {
                    problem.add_binary_var(1.0)
                } else {
                    problem.add_var(1.0, (0.0, 1.0))
                },
            )
        })
        .collect();
    for cycle in cycles {
        let sum: Vec<_> = cycle.iter().map(|e| (vars[e], 1.0)).collect();
        problem.add_constraint(&sum[..], ComparisonOp::Ge, 1.0);
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    if solution.status() != SolutionStatus::Optimal {
        return None;
    }
    let mut weight = vec![0.0; edges];
    for (edge, var) in &vars {
        weight[*edge] = solution.var_value(*var);
    }
    Some((solution.objective(), weight))
}
