//! Any text as a sentence: no panic; every claim's words lie in the text.
#![no_main]

use std::sync::LazyLock;

use base::{BlockKind, Document, Language, Timestamp};
use libfuzzer_sys::fuzz_target;

static CODER: LazyLock<(parse::Parser, extract::Extractor)> =
    LazyLock::new(|| (parse::Parser::load(), extract::Extractor::load()));

fuzz_target!(|text: &str| {
    for language in [Language::Arabic, Language::English] {
        for tail in ["", " condemned Russia in Yerevan on Monday.", " واتهمت روسيا أرمينيا أمس"] {
            let written = format!("{text}{tail}");
            let Ok(document) = Document::new([(BlockKind::Paragraph, written.as_str())], language, Timestamp(0)) else {
                continue;
            };
            let parse = CODER.0.parse(&document);
            for claim in CODER.1.extract(&document, &parse) {
                let parts = claim.parts();
                for side in parts.source.iter().chain(&parts.target) {
                    assert!(document.text().get(side.span.range()).is_some());
                }
                assert!(document.text().get(parts.trigger.range()).is_some());
            }
        }
    }
});
