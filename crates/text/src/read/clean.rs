//! Cleaning: what no reader should ever see or be misled by is taken out.
//!
//! Letters are kept exactly as written; only invisible steering characters,
//! kinds of line end and kinds of blank are touched.

/// The text with one kind of line end, and without control characters, NUL and
/// characters that turn the direction of what follows.
pub(super) fn clean(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    made.push('\n');
                }
            }
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{B}' | '\u{C}' => made.push('\n'),
            '\t' | '\u{A0}' => made.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => {}
            c if c.is_control() => {}
            c => made.push(c),
        }
    }
    made
}

/// One line of it: every run of blanks is one space.
pub(super) fn one_line(text: &str) -> String {
    let cleaned = clean(text);
    let mut made = String::with_capacity(cleaned.len());
    for word in cleaned.split_whitespace() {
        if !made.is_empty() {
            made.push(' ');
        }
        made.push_str(word);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::{clean, one_line};

    #[test]
    fn steering_characters_fall_and_letters_stay() {
        assert_eq!(
            clean("قا\u{202E}لت\0 إيرانُ\r\nأمس\rثم"),
            "قالت إيرانُ\nأمس\nثم"
        );
        assert_eq!(clean("e\u{301} می\u{200C}رود"), "e\u{301} می\u{200C}رود");
    }

    #[test]
    fn a_line_has_single_spaces() {
        assert_eq!(one_line(" a\n\t b\u{A0} c "), "a b c");
    }
}
