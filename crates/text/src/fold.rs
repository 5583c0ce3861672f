//! Folding: letters that news writes in several ways become one.

/// The form of a word that is compared, never shown.
///
/// Arabic marks, tatweel and direction marks fall away; alef, ya, ta marbuta and
/// hamza carriers become one letter each; digits become ASCII; Latin is lower-cased.
#[must_use]
pub fn fold(word: &str) -> String {
    word.chars()
        .filter_map(fold_char)
        .flat_map(char::to_lowercase)
        .collect()
}

fn fold_char(c: char) -> Option<char> {
    Some(match c {
        'ـ'
        | '\u{64B}'..='\u{65F}'
        | '\u{670}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => return None,
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ة' => 'ه',
        'ؤ' => 'و',
        'ک' => 'ك',
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
        '’' => '\'',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_of_one_word_fold_alike() {
        assert_eq!(fold("إيرانُ"), fold("ايران"));
        assert_eq!(fold("الحـكومة"), fold("الحكومه"));
        assert_eq!(fold("RUSSIA"), "russia");
        assert_eq!(fold("٢٠٢٤"), "2024");
    }
}
