//! What holds of a score whatever was learned.

use super::{Fact, Graph, Model, Query};

/// Made-up acts: entity `n` acts towards its neighbours in a few rounds.
fn facts() -> Vec<Fact> {
    let mut facts = Vec::new();
    for step in 0..40u32 {
        for subject in 0..8u32 {
            if (step + subject) % 3 != 0 {
                facts.push(Fact {
                    step,
                    relation: (step + subject) % 2,
                    subject,
                    object: (subject + 1 + step % 3) % 9,
                });
            }
        }
    }
    facts
}

fn learned(graph: &Graph) -> Model {
    let mut model = Model::new(graph);
    model.learn(graph, 5..30);
    model
}

#[test]
fn a_score_is_the_sum_of_its_terms() {
    let graph = Graph::new(&facts());
    let model = learned(&graph);
    for subject in 0..8 {
        for object in 0..9 {
            let query = Query {
                step: 35,
                relation: 1,
                subject,
            };
            let told = model.explain(&graph, query, object);
            let sum: f32 = told.terms.iter().map(|t| t.weight * t.value).sum();
            assert!((sum - told.score).abs() < 1e-3, "{sum} {}", told.score);
        }
    }
}

#[test]
fn nothing_of_the_step_itself_or_later_is_seen() {
    let known = facts();
    let before: Vec<Fact> = known.iter().copied().filter(|f| f.step < 35).collect();
    let mut other = before.clone();
    // The same steps and numbers, but all else of them is turned about.
    other.extend(known.iter().filter(|f| f.step >= 35).map(|f| Fact {
        object: (f.object + 4) % 9,
        ..*f
    }));
    let (graph, changed) = (Graph::new(&known), Graph::new(&other));
    let model = learned(&graph);
    let query = Query {
        step: 35,
        relation: 0,
        subject: 3,
    };
    for object in 0..9 {
        let a = model.explain(&graph, query, object);
        let b = model.explain(&changed, query, object);
        assert_eq!(a.score, b.score);
        assert!(a.events.iter().all(|f| f.step < 35));
    }
}

#[test]
fn learning_finds_what_repeats() {
    let graph = Graph::new(&facts());
    let naive = Model::new(&graph).measure(&graph, 30..40);
    let figures = learned(&graph).measure(&graph, 30..40);
    assert_eq!(figures.asked(), naive.asked());
    assert!(figures.mean_reciprocal_rank() > naive.mean_reciprocal_rank());
}

#[test]
fn the_same_facts_in_another_order_give_the_same_figures() {
    let mut turned = facts();
    turned.reverse();
    let (graph, other) = (Graph::new(&facts()), Graph::new(&turned));
    let a = learned(&graph).measure(&graph, 30..40);
    assert_eq!(a, learned(&other).measure(&other, 30..40));
}

#[test]
fn a_graph_of_nothing_asks_nothing() {
    let graph = Graph::new(&[]);
    let mut model = Model::new(&graph);
    model.learn(&graph, 0..5);
    assert_eq!(model.measure(&graph, 0..5).asked(), 0);
}
