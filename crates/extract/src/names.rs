//! The tables of names: states, organisations, groups, outlets, persons with their terms, offices.

use std::collections::{HashMap, HashSet};

use base::{ActorCode, Day, Language};

use crate::mentions::MentionKind;
use crate::tokens::bare;

const TABLES: [&str; 5] = [
    include_str!("../../../data/actors/states.tsv"),
    include_str!("../../../data/actors/organisations.tsv"),
    include_str!("../../../data/actors/groups.tsv"),
    include_str!("../../../data/actors/media.tsv"),
    include_str!("../../../data/actors/persons.tsv"),
];
const ROLES: &str = include_str!("../../../data/actors/roles.tsv");
const GENERIC: &str = include_str!("../../../data/actors/generic.tsv");
const PRONOUNS: &str = include_str!("../../../data/actors/pronouns.tsv");
/// A surname alone still means its bearer this long after the end of a term, and before its start.
const REMEMBERED_DAYS: i32 = 6 * 365;
/// The words by which notes name those who must be near.
const BESIDE: [(&str, &str); 14] = [
    ("Yemen", "YEM"),
    ("Houthi", "HOUTHIS"),
    ("Saudi", "SAU"),
    ("Iraq", "IRQ"),
    ("Syria", "SYR"),
    ("ISIS", "ISIS"),
    ("American", "USA"),
    ("Israel", "ISR"),
    ("Palestine", "PSE"),
    ("Libya", "LBY"),
    ("Qatar", "QAT"),
    ("Afghanistan", "AFG"),
    ("Lebanon", "LBN"),
    ("Iran", "IRN"),
];
/// The most words that a name may have.
const LONGEST: usize = 8;

/// One reading of a name.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) code: ActorCode,
    pub(crate) kind: MentionKind,
    /// Only in capitals.
    pub(crate) case: bool,
    /// A state or what is of one: a sector may be joined to its code.
    pub(crate) is_state: bool,
    /// Written with the article in the tables, so in texts too («القاعدة» is no base).
    pub(crate) article: Option<bool>,
    /// Written small too («the international community»).
    pub(crate) small: bool,
    /// Only where one of these is named too; empty: anywhere.
    pub(crate) beside: Vec<&'static str>,
    /// What else the words may mean.
    pub(crate) doubt: Doubt,
    /// Known by this name only after the full one.
    pub(crate) full_first: bool,
    from: Option<Day>,
    to: Option<Day>,
}

/// What else the words of a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Nothing else that matters.
    None,
    /// Another actor or place.
    Name,
    /// An ordinary word: taken only where its owner is named otherwise too.
    Word,
}

impl Doubt {
    fn of(note: &str) -> Doubt {
        match note.starts_with("ambiguous") {
            false => Doubt::None,
            // a gloss stands in quotes: "ambiguous: 'opening'"
            true if note.matches('\'').count() > 1 || note.contains("short") => Doubt::Word,
            true => Doubt::Name,
        }
    }
}

impl Name {
    /// A name that tells no actor by itself.
    fn open(code: ActorCode, kind: MentionKind) -> Name {
        Name {
            code,
            kind,
            case: false,
            is_state: true,
            full_first: false,
            article: None,
            beside: Vec::new(),
            small: true,
            doubt: Doubt::None,
            from: None,
            to: None,
        }
    }

    /// Whether news of a day may still call its bearer by the surname: in office, or out of it for
    /// less than [`REMEMBERED_DAYS`].
    pub(crate) fn is_remembered(&self, day: Option<Day>) -> bool {
        let near = |d: Day| {
            self.from.is_none_or(|f| f.plus(-REMEMBERED_DAYS) <= d)
                && self.to.is_none_or(|t| d <= t.plus(REMEMBERED_DAYS))
        };
        day.is_none_or(near)
    }

    /// Whether the name was borne on a day, or may have been.
    fn on(&self, day: Option<Day>) -> bool {
        day.is_none_or(|d| self.from.is_none_or(|f| f <= d) && self.to.is_none_or(|t| d <= t))
    }
}

/// A line of an actor table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line}: {why}; write code, kind, lang, name[, from, to, note] with a tab between them"
)]
pub struct BadTable {
    line: usize,
    why: String,
}

/// The tables of names.
pub(crate) struct Names {
    names: HashMap<String, Vec<Name>>,
    /// The codes of all states.
    states: HashSet<String>,
}

impl Names {
    /// The tables that are built in.
    pub(crate) fn load() -> Names {
        let mut made = Names {
            names: HashMap::new(),
            states: HashSet::new(),
        };
        for table in TABLES {
            for line in table.lines() {
                made.read_line(line).ok();
            }
        }
        for line in ROLES.lines().filter(|l| !l.starts_with('#')) {
            made.read_role(line);
        }
        for line in GENERIC.lines().filter(|l| !l.starts_with('#')) {
            made.read_generic(line);
        }
        for line in PRONOUNS.lines().filter(|l| !l.starts_with('#')) {
            made.read_pronoun(line);
        }
        made
    }

    /// Adds a table of the user's own; its names go before those built in.
    pub(crate) fn add_table(&mut self, table: &str) -> Result<(), BadTable> {
        let mut own = Names {
            names: HashMap::new(),
            states: HashSet::new(),
        };
        for (nth, line) in table.lines().enumerate() {
            own.read_line(line)
                .map_err(|why| BadTable { line: nth + 1, why })?;
        }
        self.states.extend(own.states);
        for (name, mut readings) in own.names {
            let list = self.names.entry(name).or_default();
            readings.append(list);
            *list = readings;
        }
        Ok(())
    }

    /// Whether a code is a state's, or stands for one that is not told: a sector may follow it.
    pub(crate) fn takes_sector(&self, root: &str) -> bool {
        root == "XXX" || self.states.contains(root)
    }

    /// The readings of some words on a day, the likeliest first.
    ///
    /// Where a person's term is over, the one whose it was then goes before others.
    pub(crate) fn get(&self, key: &str, day: Option<Day>) -> impl Iterator<Item = &Name> {
        let list = self.names.get(key).map_or(&[][..], Vec::as_slice);
        let in_term = list.iter().filter(move |n| n.on(day));
        in_term.chain(list.iter().filter(move |n| !n.on(day)))
    }

    fn read_line(&mut self, line: &str) -> Result<(), String> {
        if line.trim().is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [code, kind_name, language, name, ..] = columns[..] else {
            return Err(format!("{} columns are too few", columns.len()));
        };
        let note = columns.get(6).copied().unwrap_or("");
        let kind = match kind_name {
            "state" | "org" | "group" => MentionKind::Name,
            "capital" => MentionKind::Capital,
            "city" => MentionKind::City,
            "nisba" | "nisba_plural" => MentionKind::Adjective,
            "person" => MentionKind::Person,
            "media" => MentionKind::Media,
            "place" => return Ok(()),
            other => return Err(format!("no kind is called «{other}»")),
        };
        if kind == MentionKind::Media && note.starts_with("ambiguous") {
            return Ok(());
        }
        if kind_name == "state" {
            self.states.insert(code.to_string());
        }
        let day = |nth: usize| columns.get(nth).and_then(|d| d.parse().ok());
        let entry = Name {
            code: code
                .parse()
                .map_err(|_| format!("«{code}» is no actor code"))?,
            kind,
            case: note.contains("case"),
            is_state: code.len() == 3 || code.as_bytes().get(3) == Some(&b'-'),
            article: (language == "ar"
                && !matches!(kind, MentionKind::Adjective | MentionKind::Person))
            .then(|| name.starts_with("ال")),
            beside: Vec::new(),
            small: false,
            doubt: Doubt::of(note),
            full_first: note.split([',', ';']).any(|n| n.trim() == "full"),
            from: day(4),
            to: day(5),
        };
        let endings: &[&str] = if kind == MentionKind::Adjective && language == "ar" {
            &["", "ة", "ون", "ين", "ان", "ات", "تين"]
        } else {
            &[""]
        };
        for ending in endings {
            self.add(&format!("{name}{ending}"), language, &entry);
        }
        Ok(())
    }

    fn read_role(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        if let [sector, language, words, ..] = columns[..]
            && let Ok(code) = format!("XXX-{sector}").parse()
        {
            self.add(words, language, &Name::open(code, MentionKind::Role));
        }
    }

    /// A line of kinds and voices. A note such as "ambiguous: SLC with Yemen words near; CJTF with Iraq
    /// words near" gives a reading for each, and none told leaves an open one.
    fn read_generic(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [code, language, words, ..] = columns[..] else {
            return;
        };
        let note = columns.get(3).copied().unwrap_or("");
        let Ok(own) = code.parse::<ActorCode>() else {
            return;
        };
        let kind = match own.is_generic() {
            _ if note.starts_with("pair") => MentionKind::Pronoun,
            true => MentionKind::Role,
            false => MentionKind::Name,
        };
        let named = |text: &str| -> Vec<&'static str> {
            let found = BESIDE.iter().filter(|(word, _)| text.contains(word));
            found.map(|(_, root)| *root).collect()
        };
        let readings = note.strip_prefix("ambiguous: ").unwrap_or("");
        for reading in readings.split(';') {
            let told = reading.trim().split_once(" with ");
            let told = told.and_then(|(code, rest)| Some((code.parse().ok()?, rest)));
            if let Some((code, rest)) = told {
                let mut name = Name::open(code, MentionKind::Name);
                name.beside = named(rest);
                self.add(words, language, &name);
            }
        }
        if readings.is_empty() {
            let mut name = Name::open(own, kind);
            name.is_state = false;
            self.add(words, language, &name);
        } else if own.sector().is_some() || own.is_generic() {
            let open = ActorCode::unknown().with_sector(own.sector().unwrap_or("REB"));
            self.add(words, language, &Name::open(open, MentionKind::Role));
        }
    }

    fn read_pronoun(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [language, words, ..] = columns[..] else {
            return;
        };
        let name = Name::open(ActorCode::unknown(), MentionKind::Pronoun);
        self.add(words, language, &name);
    }

    fn add(&mut self, name: &str, language: &str, entry: &Name) {
        let language = Language::from_code(language);
        let key = key_of(name, language);
        let list = self.names.entry(key).or_default();
        if !list
            .iter()
            .any(|n| n.code == entry.code && n.from == entry.from)
        {
            list.push(entry.clone());
        }
    }
}

/// A name as the tables are asked for it: folded words without articles or 's, one blank apart.
fn key_of(name: &str, language: Language) -> String {
    let words = text::tokens(name).into_iter().take(LONGEST).map(|range| {
        let written = &name[range];
        let folded = text::fold(written);
        if language == Language::Arabic && written.starts_with("ال") {
            bare(&folded).to_string()
        } else {
            folded.strip_suffix("'s").unwrap_or(&folded).to_string()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The most tokens that a look-up need join.
pub(crate) const REACH: usize = LONGEST;

#[cfg(test)]
mod tests {
    use super::Doubt;

    #[test]
    fn a_gloss_in_quotes_makes_a_name_an_ordinary_word() {
        assert_eq!(Doubt::of("ambiguous: 'opening'"), Doubt::Word);
        assert_eq!(
            Doubt::of("ambiguous: the US state; woman's name"),
            Doubt::Name
        );
        assert_eq!(Doubt::of(""), Doubt::None);
    }
}
