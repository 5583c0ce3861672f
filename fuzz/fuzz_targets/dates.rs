//! Any text as words of time: no panic; places in order, apart, between letters.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let day = base::Day::from_ymd(2024, 8, 22);
    for language in [base::Language::Arabic, base::Language::English] {
        let mut last = 0;
        for time in text::time::find(text, language, day) {
            assert!(time.span.start() >= last && text.get(time.span.range()).is_some());
            last = time.span.end();
        }
        if let Some(day) = day {
            let _ = text::time::publication_day(text, language, day);
        }
    }
});
