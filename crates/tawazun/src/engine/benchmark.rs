//! Reads a benchmark of event graphs: train, valid and test, each a fact a line.
//!
//! A line is `subject relation object time`, whole numbers with tabs or spaces between; what follows is
//! left aside. The files may be packed with gzip or zstd. How long a step is follows from the times.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use network::graph::Fact;

/// The three parts, in the order of their times.
const PARTS: [&str; 3] = ["train", "valid", "test"];
/// What a file may hold at most, so that a hostile one cannot fill the memory.
const MOST_FACTS: usize = 10_000_000;
const MOST_ENTITIES: u64 = 1_000_000;
const MOST_RELATIONS: u64 = 1_000;
const MOST_STEPS: u64 = 100_000;
const LONGEST_LINE_BYTES: u64 = 4096;

/// A benchmark as it was read.
#[derive(Debug)]
pub(crate) struct Benchmark {
    /// The facts of all parts, their steps counted from the first.
    pub(crate) facts: Vec<Fact>,
    /// Which steps belong to train, valid and test.
    pub(crate) parts: [Range<u32>; 3],
    /// The first time, and how much time a step takes.
    first: u64,
    length: u64,
}

/// A fact with its time as written.
type Timed = (u64, Fact);

impl Benchmark {
    /// Reads the three files of a folder.
    ///
    /// # Errors
    /// When a file is missing or cannot be read, a line is no fact, or the parts do not follow each other.
    pub(crate) fn read(folder: &Path) -> Result<Benchmark> {
        let mut parts = Vec::new();
        for part in PARTS {
            let path = file_of(folder, part)?;
            let file =
                File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
            let input = text::read::unpack(BufReader::new(file))
                .with_context(|| format!("cannot read {}", path.display()))?;
            parts.push(facts_of(input, &path.display().to_string())?);
        }
        Benchmark::of(&parts).with_context(|| format!("cannot use {}", folder.display()))
    }

    fn of(parts: &[Vec<Timed>]) -> Result<Benchmark> {
        let times = || parts.iter().flatten().map(|(time, _)| *time);
        let first = times().min().context("it holds no facts")?;
        let length = times()
            .fold(0, |length, time| common_divisor(length, time - first))
            .max(1);
        let steps = times().max().map_or(0, |last| (last - first) / length + 1);
        ensure!(
            steps <= MOST_STEPS,
            "its times make {steps} steps of {length}, and {MOST_STEPS} are the most; give whole days or years"
        );
        let mut begin = 0;
        let mut ranges = Vec::new();
        for (part, name) in parts.iter().zip(PARTS) {
            let step = |timed: &Timed| ((timed.0 - first) / length) as u32;
            let (earliest, latest) = (part.iter().map(step).min(), part.iter().map(step).max());
            let (Some(earliest), Some(latest)) = (earliest, latest) else {
                bail!("{name} holds no facts");
            };
            ensure!(
                earliest >= begin,
                "{name} begins before the part ahead of it ends; split the facts by their times"
            );
            ranges.push(begin..latest + 1);
            begin = latest + 1;
        }
        let fact = |(time, fact): &Timed| Fact {
            step: ((time - first) / length) as u32,
            ..*fact
        };
        Ok(Benchmark {
            facts: parts.iter().flatten().map(fact).collect(),
            parts: [ranges[0].clone(), ranges[1].clone(), ranges[2].clone()],
            first,
            length,
        })
    }

    /// The step of a time; `None` where it is before the first step, after the last or between two.
    pub(crate) fn step(&self, time: u64) -> Option<u32> {
        let since = time.checked_sub(self.first)?;
        let step = u32::try_from(since / self.length).ok()?;
        (since.is_multiple_of(self.length) && step < self.parts[2].end).then_some(step)
    }

    /// The time of a step, as the files write it.
    pub(crate) fn time(&self, step: u32) -> u64 {
        self.first + u64::from(step) * self.length
    }
}

fn file_of(folder: &Path, part: &str) -> Result<PathBuf> {
    let names = ["txt", "txt.zst", "txt.gz"].map(|end| folder.join(format!("{part}.{end}")));
    match names.into_iter().find(|path| path.is_file()) {
        Some(path) => Ok(path),
        None => bail!(
            "there is no {part}.txt, {part}.txt.zst or {part}.txt.gz in {}; name the folder of a benchmark",
            folder.display()
        ),
    }
}

fn facts_of(mut input: impl BufRead, name: &str) -> Result<Vec<Timed>> {
    let mut facts = Vec::new();
    for nth in 1.. {
        let mut line = Vec::new();
        let mut limited = (&mut input).take(LONGEST_LINE_BYTES);
        let read = limited.read_until(b'\n', &mut line);
        if read.with_context(|| format!("cannot read {name} at line {nth}; is it whole?"))? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        ensure!(
            facts.len() < MOST_FACTS,
            "{name}, line {nth}: {MOST_FACTS} facts are the most; give a part of them"
        );
        let fact = fact_of(&String::from_utf8_lossy(&line));
        facts.push(fact.with_context(|| format!("{name}, line {nth}"))?);
    }
    Ok(facts)
}

fn fact_of(line: &str) -> Result<Timed> {
    let fields: Vec<&str> = line.split_whitespace().take(4).collect();
    let [subject, relation, object, time] = fields[..] else {
        bail!(
            "«{}» is no fact; write subject, relation, object and time",
            shown(line)
        );
    };
    let number = |what: &str, field: &str, most: u64| -> Result<u64> {
        let number: Option<u64> = field.parse().ok();
        number.filter(|number| *number < most).with_context(|| {
            format!(
                "the {what} «{}» is no whole number below {most}; number all from 0",
                shown(field)
            )
        })
    };
    let fact = Fact {
        step: 0,
        relation: number("relation", relation, MOST_RELATIONS)? as u32,
        subject: number("subject", subject, MOST_ENTITIES)? as u32,
        object: number("object", object, MOST_ENTITIES)? as u32,
    };
    Ok((number("time", time, u64::MAX)?, fact))
}

/// As much of what was written as fits into a message.
fn shown(written: &str) -> String {
    written
        .trim()
        .chars()
        .take(40)
        .filter(|c| !c.is_control() || *c == '\t')
        .collect()
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::{Benchmark, facts_of};

    fn part(text: &str) -> Vec<super::Timed> {
        facts_of(text.as_bytes(), "train.txt").unwrap()
    }

    #[test]
    fn steps_follow_from_the_times() {
        let parts = ["0 0 1 24\n1 0 0 48\n", "0 0 1 96\t-1\n", "\n0 0 1 120\n"].map(part);
        let read = Benchmark::of(&parts).unwrap();
        assert_eq!(read.parts, [0..2, 2..4, 4..5]);
        assert_eq!(
            read.facts.iter().map(|f| f.step).collect::<Vec<_>>(),
            [0, 1, 3, 4]
        );
        assert_eq!(
            (read.step(96), read.step(97), read.step(0), read.step(144)),
            (Some(3), None, None, None)
        );
        assert_eq!(read.time(3), 96);
    }

    #[test]
    fn parts_that_overlap_are_refused() {
        let parts = ["0 0 1 3\n", "0 0 1 3\n", "0 0 1 4\n"].map(part);
        assert!(
            Benchmark::of(&parts)
                .unwrap_err()
                .to_string()
                .contains("valid begins before")
        );
    }

    #[test]
    fn a_bad_line_is_told_with_its_place_and_what_to_do() {
        let cases = [
            (
                "1 2 3\n",
                "«1 2 3» is no fact; write subject, relation, object and time",
            ),
            (
                "1 2 3 4\n\nx 0 1 5\n",
                "line 3: the subject «x» is no whole number below 1000000",
            ),
            ("1 -2 3 4\n", "line 1: the relation «-2»"),
            ("1 2 4000000000 4\n", "the object «4000000000»"),
            ("1 2 3 99999999999999999999999\n", "the time «"),
            ("\u{0}\u{1b}[2J\n", "train.txt, line 1: «[2J» is no fact"),
        ];
        for (text, expected) in cases {
            let error = format!("{:#}", facts_of(text.as_bytes(), "train.txt").unwrap_err());
            assert!(error.contains(expected), "{error}");
        }
        let endless = "7".repeat(1 << 20);
        assert!(facts_of(endless.as_bytes(), "train.txt").is_err());
    }

    #[test]
    fn times_too_far_apart_are_refused() {
        let parts = ["0 0 1 0\n", "0 0 1 1\n", "0 0 1 18446744073709551614\n"].map(part);
        assert!(
            Benchmark::of(&parts)
                .unwrap_err()
                .to_string()
                .contains("are the most")
        );
    }
}
