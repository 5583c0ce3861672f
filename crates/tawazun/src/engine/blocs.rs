//! Who belonged to which organisation on which day: structure, which stands beside the tone of acts.

use base::{Day, Tone};

/// organisation, state, from, to, note; see the head of the table.
const TABLE: &str = include_str!("../../../../data/blocs.tsv");
/// Blocs whose members are bound to each other's defence.
const ALLIANCES: [&str; 3] = ["CSTO", "GCC", "NATO"];

/// The organisations to which both belonged on a day, in order.
pub(crate) fn shared(a: &str, b: &str, on: Day) -> Vec<&'static str> {
    let (own, other) = (of(a, on), of(b, on));
    own.into_iter().filter(|o| other.contains(o)).collect()
}

/// The organisations to which a state belonged on a day, in order.
fn of(state: &str, on: Day) -> Vec<&'static str> {
    let belonged = |line: &&'static str| {
        let mut fields = line.split('\t').skip(1);
        let (who, from) = (
            fields.next(),
            fields.next().and_then(|d| d.parse::<Day>().ok()),
        );
        let to = fields.next().and_then(|d| d.parse::<Day>().ok());
        who == Some(state) && from.is_some_and(|d| d <= on) && to.is_none_or(|d| on <= d)
    };
    let lines = TABLE.lines().filter(|l| !l.starts_with('#'));
    let mut found: Vec<&str> = lines
        .filter(belonged)
        .filter_map(|l| l.split('\t').next())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Where structure and tone contradict each other, in words.
pub(crate) fn contradiction(shared: &[&str], tone: Tone) -> Option<String> {
    let bound: Vec<&str> = shared
        .iter()
        .copied()
        .filter(|o| ALLIANCES.contains(o))
        .collect();
    (!bound.is_empty() && tone.value() < 0.0)
        .then(|| format!("allies who quarrel ({})", bound.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::{contradiction, shared};
    use base::Tone;

    #[test]
    fn members_are_told_by_day() {
        let on = |day: &str| shared("TUR", "GRC", day.parse().unwrap());
        assert!(on("2018-06-01").contains(&"NATO"));
        assert!(!shared("FIN", "USA", "2020-01-01".parse().unwrap()).contains(&"NATO"));
        assert!(shared("FIN", "USA", "2024-01-01".parse().unwrap()).contains(&"NATO"));
        assert!(!shared("GBR", "FRA", "2021-01-01".parse().unwrap()).contains(&"EU"));
        assert!(contradiction(&on("2018-06-01"), Tone::new(-0.5).unwrap()).is_some());
        assert!(contradiction(&on("2018-06-01"), Tone::new(0.5).unwrap()).is_none());
    }
}
