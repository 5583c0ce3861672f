//! Any bytes as html: no panic, and every span on a border between letters.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use text::read::{Origin, each};

const HEAD: &[u8] = b"<html><body><p>";

fuzz_target!(|bytes: &[u8]| {
    let origin = Origin {
        name: "fuzz".to_string(),
        url: None,
        media_type: None,
        outlet: None,
        available: base::Timestamp(1_780_000_000),
    };
    for whole in [bytes.to_vec(), [HEAD, bytes].concat()] {
        let _ = each(&whole[..], &origin, &mut |article| {
            if let Ok(article) = article {
                let document = article.document;
                for block in document.blocks() {
                    assert!(!document.slice(block.span).is_empty());
                }
            }
            ControlFlow::Continue(())
        });
    }
});
