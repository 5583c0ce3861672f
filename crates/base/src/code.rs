//! Actor codes: who, and for which sector of a state it acts.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Sectors that may follow the hyphen.
const SECTORS: [&str; 16] = [
    "GOV", "MIL", "LEG", "JUD", "POL", "SPY", "PTY", "OPP", "REB", "CVL", "BUS", "MED", "MEDIA",
    "EDU", "NGO", "IGO",
];

/// The code of an actor, such as `RUS`, `RUS-GOV`, `NATO` or `HEZBOLLAH`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActorCode(Arc<str>);

/// A text that is no actor code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "«{0}» is no actor code; write 2 to 12 capitals or digits, and a sector after a hyphen (RUS-GOV)"
)]
pub struct BadCode(pub String);

impl ActorCode {
    /// The code of an actor of whom nothing is known.
    #[must_use]
    pub fn unknown() -> ActorCode {
        ActorCode("XXX".into())
    }

    /// The whole code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The state, organisation or group, without the sector.
    #[must_use]
    pub fn root(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The sector, where there is one.
    #[must_use]
    pub fn sector(&self) -> Option<&str> {
        self.0.split_once('-').map(|(_, sector)| sector)
    }

    /// The same root with this sector; unchanged where the sector does not exist.
    #[must_use]
    pub fn with_sector(&self, sector: &str) -> ActorCode {
        format!("{}-{sector}", self.root())
            .parse()
            .unwrap_or_else(|_| self.clone())
    }

    /// Whether the text tells no state or group (`XXX-REB`).
    #[must_use]
    pub fn is_generic(&self) -> bool {
        self.root() == "XXX"
    }
}

impl FromStr for ActorCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<ActorCode, BadCode> {
        let (root, sector) = text
            .split_once('-')
            .map_or((text, None), |(r, s)| (r, Some(s)));
        let good_root = (2..=12).contains(&root.len())
            && root
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if good_root && sector.is_none_or(|s| SECTORS.contains(&s)) {
            Ok(ActorCode(text.into()))
        } else {
            Err(BadCode(text.chars().take(40).collect()))
        }
    }
}

impl fmt::Display for ActorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::ActorCode;

    #[test]
    fn a_code_has_a_root_and_perhaps_a_sector() {
        let code: ActorCode = "RUS-GOV".parse().unwrap();
        assert_eq!((code.root(), code.sector()), ("RUS", Some("GOV")));
        assert_eq!(code.with_sector("MIL").as_str(), "RUS-MIL");
        for bad in ["", "R", "rus", "RUS-", "RUS-XYZ", "A B", "روس"] {
            assert!(bad.parse::<ActorCode>().is_err(), "{bad}");
        }
    }
}
