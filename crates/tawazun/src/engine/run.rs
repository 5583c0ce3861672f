//! Reading many articles: one thread reads, two code, one keeps, in the order of reading.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use anyhow::Result;
use base::{Claim, DocumentId, Timestamp};
use store::{Added, Entry, Signature, Store};
use text::read::Article;

use super::Engine;
use super::inputs::Input;

/// Articles on their way between two threads.
const QUEUE: usize = 64;
/// Articles in one transaction.
const BATCH: usize = 100;

/// Articles wait no longer than this for their batch to fill.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// What a run is told.
pub(crate) struct Settings<'a> {
    pub(crate) now: Timestamp,
    /// The store, so that workers can see what it holds already.
    pub(crate) store: &'a Path,
    pub(crate) allow_private: bool,
    /// Set by Ctrl-C: what is under way is finished and kept.
    pub(crate) stop: &'a AtomicBool,
}

/// What a run tells while it goes on.
pub(crate) enum News {
    /// This article is in the store for good.
    Stored(DocumentId, Added, usize),
    /// This one was refused, for this reason.
    Refused(String),
}

/// An article with what was found in it.
struct Coded {
    article: Article,
    origin: String,
    claims: Vec<Claim>,
    signature: Option<Signature>,
}

type Numbered<T> = (u64, Result<T, String>);

/// Reads every input into the store.
///
/// # Errors
/// When the store refuses; what was told as stored stays.
pub(crate) fn run(
    engine: &Engine,
    store: &mut Store,
    inputs: Vec<Result<Input>>,
    settings: &Settings<'_>,
    tell: &mut dyn FnMut(News),
) -> Result<()> {
    let (to_code, articles) = sync_channel::<Numbered<(Article, String)>>(QUEUE);
    let articles = Arc::new(Mutex::new(articles));
    let (to_keep, coded) = sync_channel::<Numbered<Coded>>(QUEUE);
    std::thread::scope(|scope| {
        scope.spawn(move || read_all(inputs, settings, &to_code));
        for _ in 0..workers() {
            let (articles, to_keep) = (Arc::clone(&articles), to_keep.clone());
            scope.spawn(move || code_all(engine, settings.store, &articles, &to_keep));
        }
        drop((to_keep, articles));
        keep_all(engine, store, &coded, tell)
    })
}

fn workers() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZero::get)
}

fn read_all(
    inputs: Vec<Result<Input>>,
    settings: &Settings<'_>,
    to_code: &SyncSender<Numbered<(Article, String)>>,
) {
    let mut number = 0;
    let mut send = |found: Result<(Article, String), String>| {
        let sent = to_code.send((number, found));
        number += 1;
        if sent.is_err() || settings.stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    for input in inputs {
        let opened = input.and_then(|i| i.open(settings.now, settings.allow_private));
        let flow = match opened {
            Err(error) => send(Err(format!("{error:#}"))),
            Ok((input, origin)) => {
                let mut flow = ControlFlow::Continue(());
                let ended = text::read::each(input, &origin, &mut |article| {
                    let own = article.map(|a| (a, origin.name.clone()));
                    flow = send(own.map_err(|e| e.to_string()));
                    flow
                });
                match ended {
                    Err(error) if flow.is_continue() => send(Err(error.to_string())),
                    _ => flow,
                }
            }
        };
        if flow.is_break() {
            break;
        }
    }
}

/// Codes what comes. An article that the store holds already is only counted, so that a run that was
/// broken off soon reaches where it was.
fn code_all(
    engine: &Engine,
    store: &Path,
    articles: &Mutex<Receiver<Numbered<(Article, String)>>>,
    to_keep: &SyncSender<Numbered<Coded>>,
) {
    let kept = Store::open(store).ok();
    let is_known = |id: &DocumentId| kept.as_ref().is_some_and(|s| s.holds(id).unwrap_or(false));
    loop {
        let next = articles.lock().map(|a| a.recv());
        let Ok(Ok((number, article))) = next else {
            break;
        };
        let coded = article.map(|(article, origin)| {
            let known = is_known(article.document.id());
            Coded {
                claims: if known {
                    Vec::new()
                } else {
                    engine.claims(&article.document)
                },
                signature: Signature::of(article.document.text()).filter(|_| !known),
                article,
                origin,
            }
        });
        if to_keep.send((number, coded)).is_err() {
            break;
        }
    }
}

/// Keeps what comes, in the order in which it was read whichever worker was first.
fn keep_all(
    engine: &Engine,
    store: &mut Store,
    coded: &Receiver<Numbered<Coded>>,
    tell: &mut dyn FnMut(News),
) -> Result<()> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    let mut batch = Vec::new();
    loop {
        match coded.recv_timeout(PATIENCE) {
            Ok((number, found)) => waiting.insert(number, found),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                keep(engine, store, &mut batch, tell)?;
                continue;
            }
        };
        while let Some(found) = waiting.remove(&next) {
            next += 1;
            match found {
                Ok(found) => batch.push(found),
                Err(reason) => tell(News::Refused(reason)),
            }
        }
        if batch.len() >= BATCH {
            keep(engine, store, &mut batch, tell)?;
        }
    }
    keep(engine, store, &mut batch, tell)
}

fn keep(
    engine: &Engine,
    store: &mut Store,
    batch: &mut Vec<Coded>,
    tell: &mut dyn FnMut(News),
) -> Result<()> {
    fn entry(coded: &Coded) -> Entry<'_> {
        Entry {
            document: &coded.article.document,
            original: &coded.article.original,
            media_type: &coded.article.media_type,
            origin: &coded.origin,
            signature: coded.signature.clone(),
            claims: &coded.claims,
        }
    }
    if batch.is_empty() {
        return Ok(());
    }
    let entries: Vec<Entry<'_>> = batch.iter().map(entry).collect();
    let added = store.add(&entries, engine.coder())?;
    drop(entries);
    for (coded, added) in batch.drain(..).zip(added) {
        let id = coded.article.document.id().clone();
        tell(News::Stored(id, added, coded.claims.len()));
    }
    Ok(())
}
