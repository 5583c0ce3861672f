//! Near-copies of one report, by MinHash (Broder, 1997) over runs of five words.

/// How many hashes a signature holds.
const HASHES: usize = 64;
/// Hashes in a band: two texts that share a band are looked at.
const BAND: usize = 4;
/// From this share of equal hashes on, two texts are copies of one report.
const ALIKE: f64 = 0.7;
/// Copies appear within this many days.
pub(crate) const DAYS_APART: i32 = 14;
/// Words in a run.
const RUN: usize = 5;

/// What a text looks like, in 64 numbers. Cheap enough for worker threads to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(Vec<u32>);

impl Signature {
    /// The signature of a text; texts of fewer than five words have none.
    #[must_use]
    pub fn of(text: &str) -> Option<Signature> {
        let words: Vec<u64> = text
            .split(|c: char| !is_word(c))
            .filter(|w| !w.is_empty())
            .map(word_hash)
            .collect();
        if words.len() < RUN {
            return None;
        }
        let mut least = [u32::MAX; HASHES];
        for run in words.windows(RUN) {
            let hash = run.iter().fold(0_u64, |h, w| mix(h ^ w));
            for (nth, slot) in least.iter_mut().enumerate() {
                let seed = (nth as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                let own = (hash ^ seed).wrapping_mul(0xD6E8_FEB8_6659_FD93);
                *slot = (*slot).min((own >> 32) as u32);
            }
        }
        Some(Signature(least.to_vec()))
    }

    /// The hash of each band.
    pub(crate) fn bands(&self) -> impl Iterator<Item = i64> {
        self.0.chunks(BAND).enumerate().map(|(nth, band)| {
            let seed = mix(nth as u64 + 1);
            band.iter().fold(seed, |h, v| mix(h ^ u64::from(*v))) as i64
        })
    }

    /// Whether two texts are near-copies.
    pub(crate) fn is_like(&self, other: &Signature) -> bool {
        let equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        equal as f64 / HASHES as f64 >= ALIKE
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|v| v.to_le_bytes()).collect()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Signature {
        let numbers = bytes.chunks_exact(4).map(|c| {
            let mut four = [0; 4];
            four.copy_from_slice(c);
            u32::from_le_bytes(four)
        });
        Signature(numbers.collect())
    }
}

/// Marks and stretching inside an Arabic word do not cut it, and are not hashed.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

fn word_hash(word: &str) -> u64 {
    let letters = word
        .chars()
        .filter(|c| !is_mark(*c))
        .flat_map(char::to_lowercase);
    letters.fold(0xcbf2_9ce4_8422_2325, |h, c| {
        (h ^ u64::from(c as u32)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::Signature;

    fn report(words: std::ops::Range<u32>) -> String {
        words.map(|n| format!("word{n} ")).collect()
    }

    #[test]
    fn a_copy_with_a_new_first_line_is_like_its_report() {
        let report_text = report(0..200);
        let copy = format!("DUBAI (Wire) {report_text}");
        let (a, b) = (
            Signature::of(&report_text).unwrap(),
            Signature::of(&copy).unwrap(),
        );
        assert!(a.is_like(&b));
        assert!(a.bands().zip(b.bands()).any(|(x, y)| x == y));
        assert!(!a.is_like(&Signature::of(&report(500..700)).unwrap()));
    }

    #[test]
    fn marks_and_case_do_not_matter() {
        assert_eq!(
            Signature::of("قالَت وزارة الخـارجية إن الوفد وصل"),
            Signature::of("قالت وزارة الخارجية إن الوفد وصل")
        );
        assert_eq!(Signature::of("only three words"), None);
    }

    #[test]
    fn a_signature_survives_being_written() {
        let made = Signature::of(&report(0..20)).unwrap();
        assert_eq!(Signature::from_bytes(&made.to_bytes()), made);
    }
}
