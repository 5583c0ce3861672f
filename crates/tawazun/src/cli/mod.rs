//! The command line: it alone reads arguments and prints.

mod account;
mod brief;
mod code;
mod events;
mod export;
mod forecast;
mod leverage;
mod list;
mod odds;
mod read;
mod relations;
mod turns;
mod whole;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use base::{Day, Kind, Quad, Realis, Timestamp};
use clap::{Args, Parser, Subcommand, ValueEnum};
use store::{Query, Store};

use crate::engine::Engine;

pub(crate) use brief::{Picture, Tongue, page, pictures};
pub(crate) use events::events_of;
pub(crate) use leverage::{shape as leverage_shape, told as leverage_told};
pub(crate) use odds::{Forecast, forecasts};
pub(crate) use relations::{Pair, ledgers, relations_of};
pub(crate) use turns::turn;
pub(crate) use whole::{balance_of, standing};

/// Exit codes: 0 all well, 1 done with some articles refused, 2 not done.
pub(crate) enum Outcome {
    Well,
    SomeRefused,
}

/// Reads news into claims, each tied to the words that say it.
#[derive(Parser)]
#[command(name = "tawazun", version, about)]
struct Arguments {
    /// The store.
    #[arg(
        long,
        global = true,
        env = "TAWAZUN_STORE",
        default_value = "tawazun.db"
    )]
    store: PathBuf,
    /// A table of your own actors: code, kind, lang, name[, from, to, note], with tabs between.
    #[arg(long, global = true)]
    actors: Option<PathBuf>,
    /// How lines with Arabic are printed: in the order of reading, or turned for a terminal that does not turn them.
    #[arg(long, global = true, value_enum, default_value_t = Bidi::Logical)]
    bidi: Bidi,
    #[command(subcommand)]
    command: Command,
}

/// The order in which the letters of a line are printed.
#[derive(Clone, Copy, ValueEnum)]
enum Bidi {
    Logical,
    Visual,
}

/// Whether lines are turned before they are printed; set once, from the command line.
static TURNED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

#[derive(Subcommand)]
enum Command {
    /// Reads articles: files, folders, addresses, - for standard input; text, HTML, feeds, JSON, WARC, gzip, zstd.
    Read(ReadArguments),
    /// Lists claims.
    Claims(ListArguments),
    /// Lists actors with their counts.
    Actors(ListArguments),
    /// How an actor and others stand to each other, or one pair.
    Relations(relations::RelationsArguments),
    /// One article: what it says, by its id or the beginning of it.
    Article {
        /// The id, at least four letters of it.
        id: String,
        /// Tells for each claim how it came about.
        #[arg(long)]
        why: bool,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Lists events: claims of one act, told by many, as one.
    Events(events::EventsArguments),
    /// Days on which two begin to treat each other otherwise than they used to.
    Turns(turns::TurnsArguments),
    /// Acts whose stated aim is another pair: "A courts B to press C".
    Leverage(leverage::LeverageArguments),
    /// Each outlet's own picture of a pair, and which of them disagree.
    Outlets(brief::OutletsArguments),
    /// A page on a pair in Markdown: what happened, who says so, what changed, what is doubted.
    Brief(brief::BriefArguments),
    /// All relations of a day, as a table or for other programs.
    Network(whole::NetworkArguments),
    /// How far the signs of a day are from two camps in peace with themselves.
    Balance(whole::BalanceArguments),
    /// Writes claims, documents or relations for other programs.
    Export(ExportArguments),
    /// Codes JSON lines {"id","text","lang"?,"date"?} from standard input, in their order.
    Code,
    /// Makes all claims anew from the stored documents.
    Recode,
    /// The odds that one does something to another within a week and a month; or `bench`: an event graph foretold.
    #[command(args_conflicts_with_subcommands = true)]
    Forecast {
        #[command(subcommand)]
        bench: Option<ForecastCommand>,
        #[command(flatten)]
        odds: odds::OddsArguments,
    },
    /// A first page and the JSON API on this machine.
    Serve {
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
    },
}

#[derive(Subcommand)]
enum ForecastCommand {
    /// Learns from the train and valid files of a benchmark and measures how it foretells valid and test.
    Bench(BenchArguments),
}

#[derive(Args)]
struct BenchArguments {
    /// The folder of train.txt, valid.txt and test.txt; each may be packed as .zst or .gz.
    folder: PathBuf,
    /// Tells instead why an object has its score for a subject, relation and time, as the files number them;
    /// for the other way round, add the number of relations.
    #[arg(long, num_args = 4, value_names = ["SUBJECT", "RELATION", "OBJECT", "TIME"])]
    explain: Option<Vec<u64>>,
}

#[derive(Args)]
struct ReadArguments {
    /// What to read.
    #[arg(required = true)]
    inputs: Vec<String>,
    /// Addresses of the own network may be read too.
    #[arg(long)]
    allow_private: bool,
    /// Prints a line for each article once it is in the store: its id, and new or known.
    #[arg(long)]
    ids: bool,
}

#[derive(Args, Default)]
struct ListArguments {
    /// Only between these two states, organisations or whole codes.
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    between: Option<Vec<String>>,
    /// Only with this actor as a side.
    #[arg(long)]
    actor: Option<String>,
    /// Only said by this actor.
    #[arg(long)]
    said_by: Option<String>,
    /// Only of this type; may be given several times.
    #[arg(long = "type")]
    kinds: Vec<String>,
    /// Only of this quad: coop-words, coop-deeds, conf-words, conf-deeds, rel-plus, rel-minus, rel-member.
    #[arg(long)]
    quad: Vec<String>,
    /// Only told so: asserted, hedged, planned, intended, denied, conditional.
    #[arg(long)]
    realis: Option<String>,
    /// From this day on, YYYY-MM-DD.
    #[arg(long)]
    since: Option<Day>,
    /// Up to this day, included.
    #[arg(long)]
    until: Option<Day>,
    /// Only of this outlet.
    #[arg(long)]
    outlet: Option<String>,
    /// Only in this language: ar, en.
    #[arg(long)]
    lang: Option<String>,
    /// Only with at least this confidence, from 0 to 1.
    #[arg(long)]
    min_confidence: Option<f64>,
    /// At most so many; 0 for all.
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// The mark that the page before gave.
    #[arg(long)]
    after: Option<String>,
    /// As JSON lines.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct ExportArguments {
    /// What to write.
    what: What,
    /// How.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Where to; standard output where it is not given.
    #[arg(long, short)]
    output: Option<PathBuf>,
    #[command(flatten)]
    list: ListArguments,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    Claims,
    Documents,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
    Parquet,
}

impl ListArguments {
    fn query(&self) -> Result<Query> {
        query_of(&Asked {
            between: self
                .between
                .as_ref()
                .map(|b| (b[0].as_str(), b[1].as_str())),
            actor: self.actor.as_deref(),
            said_by: self.said_by.as_deref(),
            kinds: self.kinds.iter().map(String::as_str).collect(),
            quads: self.quad.iter().map(String::as_str).collect(),
            realis: self.realis.as_deref(),
        })
        .map(|query| Query {
            since: self.since,
            until: self.until,
            outlet: self.outlet.clone(),
            language: self.lang.clone(),
            min_confidence: self.min_confidence,
            limit: self.limit,
            after: self.after.clone(),
            ..query
        })
    }
}

/// Names as people write them, before they are looked up.
#[derive(Default)]
pub(crate) struct Asked<'a> {
    pub(crate) between: Option<(&'a str, &'a str)>,
    pub(crate) actor: Option<&'a str>,
    pub(crate) said_by: Option<&'a str>,
    pub(crate) kinds: Vec<&'a str>,
    pub(crate) quads: Vec<&'a str>,
    pub(crate) realis: Option<&'a str>,
}

/// The query that some names ask for.
///
/// # Errors
/// When a code, type, quad or realis is none.
pub(crate) fn query_of(asked: &Asked<'_>) -> Result<Query> {
    let code = |text: &str| -> Result<String> {
        let upper = text.to_uppercase();
        let parsed: Result<base::ActorCode, _> = upper.parse();
        parsed.with_context(|| {
            format!("«{text}» is no actor code; write a state as ARM, an office as ARM-GOV")
        })?;
        Ok(upper)
    };
    let kind = |text: &&str| {
        let found = Kind::from_name(&text.to_uppercase());
        found.with_context(|| {
            format!(
                "no type is called «{text}»; there are {}",
                names(Kind::ALL.iter().map(|k| k.name()))
            )
        })
    };
    let quad = |text: &&str| {
        let found = Quad::from_name(text);
        found.with_context(|| {
            format!(
                "no quad is called «{text}»; there are {}",
                names(Quad::ALL.iter().map(|q| q.name()))
            )
        })
    };
    let realis = |text: &str| {
        let found = Realis::from_name(text);
        found.with_context(|| {
            format!(
                "no realis is called «{text}»; there are {}",
                names(Realis::ALL.iter().map(|r| r.name()))
            )
        })
    };
    Ok(Query {
        between: match asked.between {
            Some((a, b)) => Some((code(a)?, code(b)?)),
            None => None,
        },
        actor: asked.actor.map(code).transpose()?,
        said_by: asked.said_by.map(code).transpose()?,
        kinds: asked.kinds.iter().map(kind).collect::<Result<_>>()?,
        quads: asked.quads.iter().map(quad).collect::<Result<_>>()?,
        realis: asked.realis.map(realis).transpose()?,
        ..Query::default()
    })
}

fn names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.collect::<Vec<_>>().join(", ")
}

/// Prints a line; a reader who has closed the pipe is an error that ends the program quietly.
fn say(line: &str) -> Result<()> {
    use std::io::Write;
    let turned = TURNED.load(std::sync::atomic::Ordering::Relaxed);
    let line = if turned {
        visual(line)
    } else {
        line.to_string()
    };
    writeln!(std::io::stdout().lock(), "{line}").context("cannot write to standard output")
}

/// Lines with their letters in the order in which they are seen from the left (UAX #9); letters are not joined anew.
fn visual(text: &str) -> String {
    let turn = |line: &str| {
        let info = unicode_bidi::BidiInfo::new(line, Some(unicode_bidi::Level::ltr()));
        let whole = info.paragraphs.first();
        let seen = whole.map_or(line.into(), |p| info.reorder_line(p, 0..line.len()));
        seen.chars()
            .filter(|c| !('\u{2066}'..='\u{2069}').contains(c))
            .collect::<String>()
    };
    text.split('\n').map(turn).collect::<Vec<_>>().join("\n")
}

/// Whether an error says only that nobody reads on.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        cause
            .downcast_ref::<std::io::Error>()
            .map(std::io::Error::kind)
    };
    error
        .chain()
        .any(|cause| kind(cause) == Some(std::io::ErrorKind::BrokenPipe))
}

/// The time now; the rest of the program is told.
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(since.map_or(0, |d| d.as_secs() as i64))
}

fn open_store(path: &std::path::Path, must_exist: bool) -> Result<Store> {
    if must_exist && !path.exists() {
        bail!(
            "there is no store {}; read some articles first, or give --store",
            path.display()
        );
    }
    Store::open(path).with_context(|| format!("cannot open {}", path.display()))
}

/// Does what the command line says.
pub(crate) fn run() -> Result<Outcome> {
    let arguments = Arguments::parse();
    let turned = matches!(arguments.bidi, Bidi::Visual);
    TURNED.store(turned, std::sync::atomic::Ordering::Relaxed);
    let store = |must_exist| open_store(&arguments.store, must_exist);
    let actors = arguments.actors.as_deref();
    match &arguments.command {
        Command::Read(read) => read::run(read, &arguments.store, store(false)?, actors),
        Command::Recode => read::recode(store(true)?, actors),
        Command::Code => code::run(actors),
        Command::Claims(list) => list::claims(&store(true)?, list),
        Command::Actors(list) => list::actors(&store(true)?, list),
        Command::Relations(asked) => relations::run(&arguments.store, asked),
        Command::Article { id, why, json } => {
            let engine = why.then(|| Engine::load(actors)).transpose()?;
            list::article(&store(true)?, id, engine.as_ref(), *json)
        }
        Command::Leverage(asked) => leverage::run(&arguments.store, asked),
        Command::Outlets(asked) => brief::outlets(&arguments.store, asked),
        Command::Brief(asked) => brief::brief(&arguments.store, asked),
        Command::Network(asked) => whole::network(&arguments.store, asked),
        Command::Balance(asked) => whole::balance(&arguments.store, asked),
        Command::Events(asked) => events::run(&arguments.store, asked),
        Command::Turns(asked) => turns::turns(&arguments.store, asked),
        Command::Export(export) => export::run(&store(true)?, export),
        Command::Forecast { bench, odds } => match bench {
            Some(ForecastCommand::Bench(bench)) => forecast::bench(bench),
            None => odds::run(&arguments.store, odds),
        },
        Command::Serve { listen } => crate::web::serve(store(false)?, listen),
    }
}

#[cfg(test)]
mod tests {
    use super::visual;

    #[test]
    fn a_line_is_turned_for_terminals_that_do_not_turn_it() {
        assert_eq!(visual("a \u{2068}سلام\u{2069} b\nc"), "a مالس b\nc");
    }
}
