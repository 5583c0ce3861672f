//! Features: short sentences about a candidate, kept as hashes and, for training, as words.

use std::hash::{BuildHasherDefault, Hasher};

/// The features of one candidate.
#[derive(Debug, Clone, Default)]
pub struct Features {
    /// One hash a feature.
    pub hashes: Vec<u64>,
    /// Their words, where asked for.
    pub names: Vec<String>,
    named: bool,
}

impl Features {
    /// None yet; `named` keeps the words beside the hashes.
    pub(crate) fn new(named: bool) -> Features {
        Features {
            named,
            ..Features::default()
        }
    }

    /// Adds one feature, said in parts.
    pub(crate) fn add(&mut self, parts: &[&str]) {
        self.hashes.push(hash_parts(parts));
        if self.named {
            self.names.push(parts.join(" "));
        }
    }
}

/// FNV-1a over the parts, one blank between them, so that it equals the hash of the whole name.
fn hash_parts(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    };
    for (nth, part) in parts.iter().enumerate() {
        if nth > 0 {
            take(b' ');
        }
        part.bytes().for_each(&mut take);
    }
    hash
}

/// The hash of a feature by its name.
pub(crate) fn hash_name(name: &str) -> u64 {
    hash_parts(&[name])
}

/// Hands a hash on as it is.
#[derive(Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// Builds [`AsIs`].
pub(crate) type BuildAsIs = BuildHasherDefault<AsIs>;

/// A count as one of a few words.
pub(crate) fn bucket(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "4-5",
        6..=8 => "6-8",
        9..=13 => "9-13",
        _ => "14+",
    }
}

/// A small count as a word: 3 stands for more.
pub(crate) fn few(count: usize) -> &'static str {
    ["0", "1", "2", "3"][count.min(3)]
}

#[cfg(test)]
mod tests {
    use super::{Features, hash_name};

    #[test]
    fn a_feature_hashes_like_its_name() {
        let mut features = Features::new(true);
        features.add(&["s", "ar", "verb"]);
        assert_eq!(features.names, ["s ar verb"]);
        assert_eq!(features.hashes, [hash_name("s ar verb")]);
    }
}
