//! Reading held against the material of `../shared`; skipped, with a line that says so, where it is absent.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use base::{BlockKind, Timestamp};
use text::read::{Article, Origin, each};

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(name);
    if !path.exists() {
        eprintln!("SKIPPED: {} is not here", path.display());
        return None;
    }
    Some(path)
}

fn read(path: &Path) -> Vec<Article> {
    let bytes = std::fs::read(path).unwrap();
    let origin = Origin {
        name: path.display().to_string(),
        url: None,
        media_type: None,
        outlet: None,
        available: Timestamp(1_780_000_000),
    };
    let mut found = Vec::new();
    each(&bytes[..], &origin, &mut |article| {
        found.push(article.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    found
}

#[test]
fn the_source_article_has_its_shape_and_day() {
    let Some(path) = shared("source/article.txt") else {
        return;
    };
    let article = read(&path).remove(0);
    let document = article.document;
    let published = document.published.unwrap();
    assert_eq!(published.day.to_string(), "2024-08-22");
    let count = |kind| document.blocks().iter().filter(|b| b.kind == kind).count();
    assert_eq!(count(BlockKind::Kicker), 1);
    assert_eq!(count(BlockKind::Title), 1);
    assert_eq!(count(BlockKind::Lede), 1);
    assert_eq!(count(BlockKind::Paragraph), 10);
    assert_eq!(count(BlockKind::Caption), 4);
    assert_eq!(count(BlockKind::Heading), 3);
    assert_eq!(count(BlockKind::Boilerplate), 1);
    assert!(document.author.is_some());
}
