//! What holds of any text: made-up strings that mix scripts, marks and direction.

const PIECES: [&str; 24] = [
    "قالت",
    "إيرانُ",
    "#كوريا_الشمالية",
    "الـحكومة",
    " ",
    "\n",
    "\u{202e}",
    "«",
    "»",
    "،",
    ".",
    "..",
    "U.S.",
    "don't",
    "Mr.",
    "١٢٫٥",
    "1,5",
    "\u{0}",
    "é",
    "\u{301}",
    "日本",
    "🙂",
    "أمس 21 أغسطس",
    "\u{200c}",
];

/// Numbers that look like chance (SplitMix64), the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    fn text(&mut self) -> String {
        let pieces = self.next(30);
        (0..pieces)
            .map(|_| PIECES[self.next(PIECES.len())])
            .collect()
    }
}

fn lie_apart(text: &str, places: &[std::ops::Range<usize>]) {
    let mut last = 0;
    for place in places {
        assert!(
            place.start >= last && place.start < place.end,
            "{text:?} {places:?}"
        );
        assert!(text.get(place.clone()).is_some(), "{text:?} {place:?}");
        last = place.end;
    }
}

#[test]
fn sentences_and_tokens_lie_in_order_between_letters() {
    let mut chance = Chance(1);
    for _ in 0..5000 {
        let text = chance.text();
        lie_apart(&text, &text::sentences(&text));
        lie_apart(&text, &text::tokens(&text));
    }
}

#[test]
fn no_letter_or_digit_falls_between_tokens() {
    let mut chance = Chance(2);
    for _ in 0..5000 {
        let text = chance.text();
        let mut last = 0;
        let mut gaps = String::new();
        for place in text::tokens(&text) {
            gaps.push_str(&text[last..place.start]);
            last = place.end;
        }
        gaps.push_str(&text[last..]);
        assert!(
            !gaps.chars().any(char::is_alphanumeric),
            "{text:?} {gaps:?}"
        );
    }
}

#[test]
fn what_is_folded_twice_is_folded_once() {
    let mut chance = Chance(3);
    for _ in 0..5000 {
        let folded = text::fold(&chance.text());
        assert_eq!(text::fold(&folded), folded);
    }
}
