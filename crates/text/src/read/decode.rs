//! Bytes to letters: which encoding a text is in, and its decoding.
//!
//! Marks at the start come first, then what is valid UTF-8, then what the page
//! says of itself, then which old encoding gives whole Arabic words. Broken
//! bytes become U+FFFD.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

/// The text of some bytes; `label` is the encoding that a header names.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> String {
    let encoding = encoding_of(bytes, label);
    encoding.decode(bytes).0.into_owned()
}

/// UTF-16 by its mark or by the zero in every second byte.
pub(super) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((found, _)) = Encoding::for_bom(head) {
        return (found != UTF_8).then_some(found);
    }
    let head = &head[..head.len().min(512) & !1];
    if head.len() < 8 {
        return None;
    }
    // Latin and markup leave zeros, Arabic leaves 06: both in every second byte.
    let high = |first: usize| {
        let found = head.iter().skip(first).step_by(2);
        found.filter(|&&b| b == 0 || b == 6).count() * 2 * 10 >= head.len() * 9
    };
    let zeros = head.contains(&0);
    match (zeros && high(0), zeros && high(1)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

fn encoding_of(bytes: &[u8], label: Option<&str>) -> &'static Encoding {
    if let Some((found, _)) = Encoding::for_bom(bytes) {
        return found;
    }
    if let Some(found) = utf16(bytes) {
        return found;
    }
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let declared = label
        .map(str::to_string)
        .or_else(|| declared(bytes))
        .and_then(|l| Encoding::for_label(l.as_bytes()))
        .filter(|&e| e != UTF_8 && e != UTF_16LE && e != UTF_16BE);
    match declared {
        // Many old Arabic pages call themselves Latin.
        Some(found) if found == WINDOWS_1252 && arabic_words(bytes) => WINDOWS_1256,
        Some(found) => found,
        None if arabic_words(bytes) => WINDOWS_1256,
        None => WINDOWS_1252,
    }
}

/// Valid UTF-8, or UTF-8 with at most one break in ten characters beyond ASCII.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * 10 <= whole
}

/// The encoding that an HTML or XML head names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    for key in ["charset=", "encoding="] {
        let Some(at) = head.find(key) else { continue };
        let rest = head[at + key.len()..].trim_start_matches(['"', '\'', ' ']);
        let name: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
            .collect();
        if !name.is_empty() {
            return Some(name);
        }
    }
    None
}

/// Whether Windows-1256 gives words of Arabic letters only: words wholly of
/// high bytes, against Latin words with a high byte among ASCII letters.
fn arabic_words(bytes: &[u8]) -> bool {
    let (mut arabic, mut latin) = (0_usize, 0_usize);
    let sample = &bytes[..bytes.len().min(1 << 16)];
    for word in sample.split(|&b| !(b.is_ascii_alphabetic() || b >= 0xC0)) {
        let high = word.iter().filter(|&&b| b >= 0xC0).count();
        if high >= 2 && high == word.len() {
            let text = WINDOWS_1256.decode(word).0;
            let letters = text.chars().all(|c| ('\u{621}'..='\u{652}').contains(&c));
            arabic += usize::from(letters);
        } else if high > 0 && word.len() > high {
            latin += 1;
        }
    }
    arabic > latin
}

#[cfg(test)]
mod tests {
    use super::decode;
    use encoding_rs::{WINDOWS_1252, WINDOWS_1256};

    #[test]
    fn old_encodings_are_told_apart_by_the_words_they_give() {
        let arabic = "وصل الوزير إلى بغداد اليوم";
        assert_eq!(decode(&WINDOWS_1256.encode(arabic).0, None), arabic);
        let french = "Le député a été reçu à Genève après l’été";
        assert_eq!(decode(&WINDOWS_1252.encode(french).0, None), french);
        assert_eq!(
            decode(&WINDOWS_1256.encode(arabic).0, Some("iso-8859-1")),
            arabic
        );
    }

    #[test]
    fn utf8_with_a_broken_byte_stays_utf8() {
        let mut bytes = "وصل الوزير إلى بغداد ".as_bytes().to_vec();
        bytes.push(0xD8);
        assert_eq!(
            decode(&bytes, Some("windows-1256")),
            "وصل الوزير إلى بغداد \u{FFFD}"
        );
    }

    #[test]
    fn utf16_is_known_without_its_mark() {
        let text = "Moscow said: موسكو";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&little, None), text);
        assert_eq!(decode(&big, None), text);
    }
}
