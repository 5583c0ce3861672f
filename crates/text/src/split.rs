//! Sentences and tokens, as byte ranges of the text.

use std::ops::Range;

use base::Language;

/// The language of a text, by its letters.
#[must_use]
pub fn language(text: &str) -> Language {
    let (mut arabic, mut persian, mut latin, mut other) = (0, 0, 0, 0);
    for c in text.chars().take(4000) {
        match c {
            'پ' | 'چ' | 'ژ' | 'گ' | 'ی' | 'ک' => persian += 1,
            '\u{621}'..='\u{64A}' => arabic += 1,
            'a'..='z' | 'A'..='Z' => latin += 1,
            c if c.is_alphabetic() => other += 1,
            _ => {}
        }
    }
    if arabic > latin.max(other) && persian * 12 < arabic {
        Language::Arabic
    } else if latin > (arabic + persian).max(other * 8) {
        Language::English
    } else {
        Language::Other
    }
}

const ABBREVIATIONS: [&str; 37] = [
    "mr", "mrs", "ms", "dr", "gen", "col", "lt", "sgt", "maj", "capt", "sen", "rep", "gov", "prof",
    "st", "jr", "sr", "u.s", "u.n", "u.k", "no", "vs", "jan", "feb", "mar", "apr", "aug", "sep",
    "sept", "oct", "nov", "dec", "cmdr", "adm", "brig", "د", "inc",
];

/// The sentences of a text, in reading order; blank edges are left out.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let ends = match c {
            '\n' | '؟' | '!' | '?' | '…' => true,
            '.' => {
                next.is_none_or(|n| n.is_whitespace() || "\"”»’'".contains(n))
                    && !is_abbreviation(&text[start..at])
                    && !is_double(&text[start..at])
            }
            _ => false,
        };
        if !ends {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(i, n)) = chars.peek() {
            if c == '\n' || !"\"”»’'.؟!?)".contains(n) {
                break;
            }
            end = i + n.len_utf8();
            chars.next();
        }
        push(text, start..end, &mut found);
        start = end;
    }
    push(text, start..text.len(), &mut found);
    found
}

/// Two points, as headlines write for a pause, end nothing; three do.
fn is_double(before: &str) -> bool {
    before.ends_with('.') && !before.ends_with("..")
}

fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or("")
        .to_lowercase();
    ABBREVIATIONS.contains(&word.as_str())
        || (word.chars().count() == 1 && word.chars().all(char::is_alphabetic))
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let trimmed = piece.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        let start = range.start + (piece.len() - piece.trim_start().len());
        found.push(start..start + trimmed.len());
    }
}

/// The tokens of a text: runs of letters, marks and digits, and single marks.
#[must_use]
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (i, &(at, c)) in chars.iter().enumerate() {
        let next = chars.get(i + 1).map(|&(_, n)| n);
        let joins = start.is_some()
            && next.is_some_and(char::is_alphanumeric)
            && (".’'".contains(c) || (c == ',' && next.is_some_and(|n| n.is_ascii_digit())));
        if is_word_char(c)
            || (joins && c != ',')
            || (joins && text[..at].ends_with(|d: char| d.is_ascii_digit()))
        {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            found.push(from..at);
        }
        if !c.is_whitespace() && c != '#' && c != '_' {
            found.push(at..at + c.len_utf8());
        }
    }
    if let Some(from) = start {
        found.push(from..text.len());
    }
    found
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
        || c == 'ـ'
        || matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{300}'..='\u{36F}' | '\u{200C}'..='\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::{language, sentences, tokens};
    use base::Language;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn a_hashtag_is_cut_into_its_words() {
        assert_eq!(
            words("وزير #كوريا_الشمالية، أمس"),
            ["وزير", "كوريا", "الشمالية", "،", "أمس"]
        );
    }

    #[test]
    fn an_abbreviation_ends_no_sentence() {
        assert_eq!(
            sentences("The U.S. envoy left. He met Mr. Lavrov.").len(),
            2
        );
        assert_eq!(
            sentences("They seized a vessel on Oct. 24 at sea.").len(),
            1
        );
        assert_eq!(sentences("زار باكو. ثم عاد.").len(), 2);
        assert_eq!(sentences("للضغط على أنقرة.. تقارب بين العاصمتين").len(), 1);
    }

    #[test]
    fn tokens_and_gaps_rebuild_any_text() {
        for text in [
            "",
            "«قالت» 1,5 مليون",
            "U.S.-backed it's",
            "a\u{0}ب\u{301}",
            "١٢٫٥ـــ",
        ] {
            let mut last = 0;
            for range in tokens(text) {
                assert!(
                    range.start >= last
                        && text.is_char_boundary(range.start)
                        && text.is_char_boundary(range.end)
                );
                last = range.end;
            }
        }
    }

    #[test]
    fn arabic_and_english_are_told_apart() {
        assert_eq!(language("قالت موسكو"), Language::Arabic);
        assert_eq!(language("Moscow said"), Language::English);
        assert_eq!(language("Москва заявила"), Language::Other);
    }
}
