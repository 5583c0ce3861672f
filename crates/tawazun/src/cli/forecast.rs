//! `tawazun forecast bench`: how well the next acts of an event graph are foretold, and why.

use std::ops::Range;

use anyhow::{Context, Result, ensure};
use network::graph::{Figures, Graph, Model, Query};

use super::{BenchArguments, Outcome, say};
use crate::engine::benchmark::Benchmark;

/// How often the facts to learn from are walked through; chosen on the valid part of ICEWS14 and ICEWS18.
const WALKS: usize = 2;
/// Learning begins after this share of the steps, when there is a past to learn from.
const BEGIN: f64 = 0.1;
/// How many terms and events an explanation lists.
const LISTED: usize = 20;

pub(super) fn bench(arguments: &BenchArguments) -> Result<Outcome> {
    let benchmark = Benchmark::read(&arguments.folder)?;
    let graph = Graph::new(&benchmark.facts);
    let mut model = Model::new(&graph);
    let [train, valid, test] = benchmark.parts.clone();
    let begin = (f64::from(train.end) * BEGIN) as u32;
    if let Some(numbers) = &arguments.explain {
        let (query, object) = asked(&benchmark, &graph, numbers)?;
        learn(&mut model, &graph, begin..train.end);
        model.learn(&graph, valid);
        explain(&benchmark, &model, &graph, query, object)?;
        return Ok(Outcome::Well);
    }
    say("part   questions     MRR  Hits@1  Hits@3  Hits@10")?;
    learn(&mut model, &graph, begin..train.end);
    show("valid", &model.measure(&graph, valid.clone()))?;
    // The last part is asked of a model that has learned from all before it.
    model.learn(&graph, valid);
    show("test", &model.measure(&graph, test))?;
    Ok(Outcome::Well)
}

fn learn(model: &mut Model, graph: &Graph, steps: Range<u32>) {
    for _ in 0..WALKS {
        model.learn(graph, steps.clone());
    }
}

fn show(part: &str, figures: &Figures) -> Result<()> {
    let rank = figures
        .mean_reciprocal_rank()
        .context("nothing was asked")?;
    let [one, three, ten] = figures.hits().context("nothing was asked")?;
    let asked = figures.asked();
    say(&format!(
        "{part:<6} {asked:>9}  {rank:.4}  {one:.4}  {three:.4}   {ten:.4}"
    ))
}

/// The question and the object that four numbers name: subject, relation, object, time.
fn asked(benchmark: &Benchmark, graph: &Graph, numbers: &[u64]) -> Result<(Query, u32)> {
    let number = |what: &str, number: u64, count: u32| {
        ensure!(
            number < u64::from(count),
            "there is no {what} {number}; they are numbered from 0 to {}",
            count.saturating_sub(1)
        );
        Ok(number as u32)
    };
    let step = benchmark.step(numbers[3]).with_context(|| {
        let last = benchmark.time(benchmark.parts[2].end - 1);
        format!(
            "{} is no time of a step; the first is {}, the last {last}",
            numbers[3],
            benchmark.time(0)
        )
    })?;
    let query = Query {
        step,
        relation: number("relation", numbers[1], graph.relations())?,
        subject: number("subject", numbers[0], graph.entities())?,
    };
    Ok((query, number("object", numbers[2], graph.entities())?))
}

fn explain(
    benchmark: &Benchmark,
    model: &Model,
    graph: &Graph,
    query: Query,
    object: u32,
) -> Result<()> {
    let told = model.explain(graph, query, object);
    say(&format!(
        "score {:.3}, rank {} of {}",
        told.score,
        told.rank,
        graph.entities()
    ))?;
    say("  worth  weight   value  term")?;
    for term in told.terms.iter().take(LISTED) {
        let worth = term.weight * term.value;
        say(&format!(
            "{worth:>7.3} {:>7.3} {:>7.3}  {}",
            term.weight, term.value, term.name
        ))?;
    }
    if let Some(rest) = told.terms.get(LISTED..) {
        let worth: f32 = rest.iter().map(|t| t.weight * t.value).sum();
        say(&format!(
            "{worth:>7.3}                  {} more terms",
            rest.len()
        ))?;
    }
    say(&format!(
        "{} events between them before, the latest first:",
        told.events.len()
    ))?;
    let half = graph.relations() / 2;
    for event in told.events.iter().take(LISTED) {
        let (mut from, mut to) = (event.subject, event.object);
        if event.relation >= half {
            (from, to) = (to, from);
        }
        let time = benchmark.time(event.step);
        say(&format!("  {from} {} {to} {time}", event.relation % half))?;
    }
    Ok(())
}
