//! A store that an earlier program wrote can be read and written by this one.
//!
//! `layouts/1.db` holds two example articles of this repository, written by the program of layout 1.

use base::Timestamp;
use store::{Query, Store};

#[test]
fn a_store_of_layout_1_opens_and_is_whole() {
    let path = std::env::temp_dir().join(format!("tawazun-layout-1-{}.db", std::process::id()));
    std::fs::copy(
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/layouts/1.db"),
        &path,
    )
    .unwrap();
    let mut store = Store::open(&path).unwrap();
    let counts = store.counts().unwrap();
    assert_eq!((counts.documents, counts.claims), (2, 28));
    let claims = store.claims(&Query::default()).unwrap().items;
    assert_eq!(claims.len() as u64, counts.claims);
    for claim in &claims {
        let document = store.document(&claim.document().0).unwrap().unwrap();
        assert!(
            document
                .slice(claim.parts().evidence)
                .contains(document.slice(claim.parts().trigger))
        );
    }
    let known = store.known(Timestamp(i64::MAX), &Query::default()).unwrap();
    assert_eq!(known.claims().len(), claims.len());
    assert_eq!(store.origins().unwrap().len(), 2);
    let document = store.document(&claims[0].document().0).unwrap().unwrap();
    store
        .recode(
            &[(&document, Vec::new())],
            "another coder",
            Timestamp(i64::MAX - 1),
        )
        .unwrap();
    assert!(store.counts().unwrap().claims < counts.claims);
    std::fs::remove_file(&path).unwrap();
}
