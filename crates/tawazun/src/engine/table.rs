//! Event tables of other projects, as CSV: date, source, target, a code of the act, and its quad.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};
use base::{Day, Dyad, Event, Kind, Quad};

/// What is read of a table, unpacked.
const LIMIT_BYTES: u64 = 4 << 30;

/// The columns that are used; `quad` or a type of the codebook tells the sign.
struct Columns {
    date: usize,
    source: usize,
    target: usize,
    label: usize,
    quad: Option<usize>,
    severity: Option<usize>,
}

/// The events of a table, by pair, day and code; rows of one pair, day and code are reports of one event.
///
/// # Errors
/// When the file cannot be read, lacks a column, or a row tells no event; the row is named.
pub(crate) fn events(path: &Path) -> Result<Vec<Event>> {
    let told = || format!("cannot use the event table {}", path.display());
    let file = File::open(path).with_context(told)?;
    let unpacked = text::read::unpack(BufReader::new(file)).with_context(told)?;
    read(unpacked.take(LIMIT_BYTES)).with_context(told)
}

fn read(table: impl Read) -> Result<Vec<Event>> {
    let mut reader = csv::Reader::from_reader(table);
    let columns = columns(reader.headers()?)?;
    let mut found: BTreeMap<(Dyad, Day, String), Event> = BTreeMap::new();
    for (nth, row) in reader.records().enumerate() {
        let row = row.with_context(|| format!("row {}", nth + 2))?;
        let told = act(&row, &columns).with_context(|| format!("row {}", nth + 2))?;
        let Some(event) = told else { continue };
        let key = (event.dyad.clone(), event.day, event.label.clone());
        let kept = found.entry(key).or_insert(event);
        kept.reports += 1;
        kept.mass = network::effective(kept.reports as usize);
    }
    Ok(found.into_values().collect())
}

fn columns(header: &csv::StringRecord) -> Result<Columns> {
    let find = |names: &[&str]| {
        header
            .iter()
            .position(|h| names.contains(&h.trim().to_lowercase().as_str()))
    };
    let needed = |names: &[&str]| {
        find(names).with_context(|| {
            format!(
                "no column is called {}; there are: {}",
                names.join(" or "),
                header.iter().collect::<Vec<_>>().join(", ")
            )
        })
    };
    Ok(Columns {
        date: needed(&["date", "day", "event_date"])?,
        source: needed(&["source", "a"])?,
        target: needed(&["target", "b"])?,
        label: needed(&["type", "code", "cameo", "label"])?,
        quad: find(&["quad"]),
        severity: find(&["goldstein", "severity", "intensity"]),
    })
}

/// The event of a row, not yet reported by any; `None` where an actor acts on itself.
fn act(row: &csv::StringRecord, columns: &Columns) -> Result<Option<Event>> {
    let field = |at: usize| row.get(at).map_or("", str::trim);
    let day: Day = field(columns.date).parse()?;
    let (source, target, label) = (
        field(columns.source),
        field(columns.target),
        field(columns.label),
    );
    if source.is_empty() || target.is_empty() {
        bail!("it names no two actors");
    }
    let Some(dyad) = Dyad::new(source, target) else {
        return Ok(None);
    };
    let kind = Kind::from_name(label);
    let named = columns.quad.map(field).filter(|q| !q.is_empty());
    let quad = match (named, kind) {
        (Some(quad), _) => {
            Quad::from_name(quad).with_context(|| format!("no quad is called «{quad}»"))?
        }
        (None, Some(kind)) => kind.quad(),
        (None, None) => bail!("«{label}» is no type of the codebook, and there is no column quad"),
    };
    let severity = columns.severity.map(|at| {
        field(at)
            .parse::<f32>()
            .with_context(|| format!("«{}» is no number", field(at)))
    });
    let severity = match severity {
        Some(told) => told?.abs(),
        None => kind.map_or(0.0, Kind::severity),
    };
    Ok(Some(Event {
        dyad,
        day,
        label: label.to_string(),
        quad,
        severity,
        reports: 0,
        mass: 0.0,
        accounts: Vec::new(),
    }))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn rows_of_one_act_are_reports_of_it() {
        let table = "date,source,target,type\n2018-03-05,GBR,RUS,ACCUSE\n2018-03-05,GBR,RUS,ACCUSE\n2018-03-05,RUS,RUS,AID\n";
        let found = read(table.as_bytes()).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].reports, 2);
        assert!((found[0].mass - 2.0 / 1.3).abs() < 1e-9);
    }

    #[test]
    fn a_bad_row_is_named() {
        for bad in [
            "2018-13-05,GBR,RUS,ACCUSE",
            "2018-03-05,,RUS,ACCUSE",
            "2018-03-05,GBR,RUS,112",
        ] {
            let error = read(format!("date,source,target,type\n{bad}\n").as_bytes()).unwrap_err();
            assert!(format!("{error:#}").contains("row 2"), "{error:#}");
        }
        assert!(read("date,source\n".as_bytes()).is_err());
    }
}
