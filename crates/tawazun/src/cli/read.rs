//! `tawazun read` and `tawazun recode`.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use base::{Claim, DocumentId};
use indicatif::{ProgressBar, ProgressStyle};
use store::{Added, Query, Store};

use super::{Outcome, ReadArguments, account, now, say};
use crate::engine::run::{News, Settings, run as run_engine};
use crate::engine::{Engine, inputs};

/// Runs of at most this many articles are told one by one.
const TOLD: usize = 5;
/// In a pipe, a line of progress this often.
const PULSE: Duration = Duration::from_secs(10);

pub(super) fn run(
    arguments: &ReadArguments,
    path: &Path,
    mut store: Store,
    actors: Option<&Path>,
) -> Result<Outcome> {
    let engine = Engine::load(actors)?;
    let stop = Arc::new(AtomicBool::new(false));
    let on_signal = Arc::clone(&stop);
    ctrlc::set_handler(move || on_signal.store(true, Ordering::Relaxed))
        .context("cannot listen for Ctrl-C")?;
    let mut report = Report::new(arguments.ids);
    let settings = Settings {
        now: now(),
        store: path,
        allow_private: arguments.allow_private,
        stop: &stop,
    };
    let inputs = inputs::of(&arguments.inputs);
    run_engine(&engine, &mut store, inputs, &settings, &mut |news| {
        report.take(news)
    })?;
    report.end();
    if report.told.len() <= TOLD && report.read() <= TOLD && !arguments.ids {
        for id in &report.told {
            print_account(&store, id)?;
        }
    }
    report.summary(stop.load(Ordering::Relaxed));
    Ok(match (report.read(), report.refused) {
        (_, 0) => Outcome::Well,
        (0, _) => anyhow::bail!("nothing was read; each reason stands above"),
        _ => Outcome::SomeRefused,
    })
}

fn print_account(store: &Store, id: &DocumentId) -> Result<()> {
    let Some(document) = store.document(&id.0)? else {
        return Ok(());
    };
    let claims = claims_of(store, id)?;
    let copies = store.family_of(id)?.len();
    say(&account::of(&document, &claims, copies, false))?;
    Ok(())
}

/// The claims of a document in reading order.
pub(super) fn claims_of(store: &Store, id: &DocumentId) -> Result<Vec<Claim>> {
    let query = Query {
        document: Some(id.clone()),
        ..Query::default()
    };
    let mut claims = store.claims(&query)?.items;
    claims.sort_by_key(|c| (c.parts().trigger, c.id().clone()));
    Ok(claims)
}

/// What is counted and told while a run goes on.
struct Report {
    bar: Option<ProgressBar>,
    start: Instant,
    last_line: Instant,
    ids: bool,
    new: usize,
    known: usize,
    refused: usize,
    claims: usize,
    told: Vec<DocumentId>,
}

impl Report {
    fn new(ids: bool) -> Report {
        let bar = (std::io::stderr().is_terminal() && !ids).then(|| {
            let style = ProgressStyle::with_template(
                "{spinner} {pos} articles, {per_sec}, {elapsed} {msg}",
            );
            let bar = ProgressBar::new_spinner();
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar
        });
        Report {
            bar,
            start: Instant::now(),
            last_line: Instant::now(),
            ids,
            new: 0,
            known: 0,
            refused: 0,
            claims: 0,
            told: Vec::new(),
        }
    }

    fn read(&self) -> usize {
        self.new + self.known
    }

    fn take(&mut self, news: News) {
        match news {
            News::Stored(id, added, claims) => {
                match added {
                    Added::New => (self.new, self.claims) = (self.new + 1, self.claims + claims),
                    Added::Known => self.known += 1,
                }
                if self.ids {
                    let word = if added == Added::New { "new" } else { "known" };
                    let mut output = std::io::stdout().lock();
                    let written = writeln!(output, "{id} {word}").and_then(|()| output.flush());
                    if written.is_err() {
                        self.ids = false;
                    }
                }
                if self.told.len() <= TOLD {
                    self.told.push(id);
                }
            }
            News::Refused(reason) => {
                self.refused += 1;
                match &self.bar {
                    Some(bar) => bar.suspend(|| eprintln!("refused: {reason}")),
                    None => eprintln!("refused: {reason}"),
                }
            }
        }
        self.pulse();
    }

    fn pulse(&mut self) {
        if let Some(bar) = &self.bar {
            bar.set_position(self.read() as u64);
        } else if self.last_line.elapsed() >= PULSE {
            self.last_line = Instant::now();
            eprintln!("{} articles, {:.0} a minute", self.read(), self.rate());
        }
    }

    fn rate(&self) -> f64 {
        60.0 * self.read() as f64 / self.start.elapsed().as_secs_f64().max(0.001)
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn summary(&self, stopped: bool) {
        let seconds = self.start.elapsed().as_secs_f64();
        let end = if stopped {
            "stopped; what is told here is kept: "
        } else {
            ""
        };
        eprintln!(
            "{end}{} articles read ({} new, {} known before), {} refused, {} new claims, {seconds:.1} s, {:.0} articles a minute",
            self.read(),
            self.new,
            self.known,
            self.refused,
            self.claims,
            self.rate()
        );
    }
}

/// Makes all claims anew from the stored documents.
pub(super) fn recode(mut store: Store, actors: Option<&Path>) -> Result<Outcome> {
    const BATCH: usize = 100;
    let engine = Engine::load(actors)?;
    let at = now();
    let mut query = Query {
        limit: BATCH,
        ..Query::default()
    };
    let (mut documents, mut claims) = (0, 0);
    loop {
        let page = store.documents(&query)?;
        let coded: Vec<_> = page.items.iter().map(|d| (d, engine.claims(d))).collect();
        documents += coded.len();
        claims += coded.iter().map(|(_, c)| c.len()).sum::<usize>();
        store.recode(&coded, engine.coder(), at)?;
        drop(coded);
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    eprintln!(
        "{documents} documents coded anew by «{}», {claims} claims",
        engine.coder()
    );
    Ok(Outcome::Well)
}
