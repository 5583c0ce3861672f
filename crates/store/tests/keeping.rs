//! What a store promises: whole batches, pages that meet, families whatever the order.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;

use base::{
    Basis, BlockKind, Claim, ClaimParts, Confidence, Dated, Document, Kind, Language, Realis,
    Ruling, Side, Span, Timestamp, Verdict, Voice, When,
};
use store::{Added, Entry, Query, Signature, Store, StoreError};

fn path(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("tawazun-store-{name}-{}.db", std::process::id()));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    path
}

fn document(text: &str, day: &str) -> Document {
    let made = Document::new(
        [(BlockKind::Title, "Title"), (BlockKind::Paragraph, text)],
        Language::English,
        Timestamp(100),
    )
    .unwrap();
    let published = Some(Dated {
        day: day.parse().unwrap(),
        basis: None,
    });
    made.described(Some("Gazette".into()), None, None, published)
}

fn claim(of: &Document, kind: Kind, source: &str, target: &str, end: usize) -> Claim {
    let side = |code: &str| Side {
        code: code.parse().unwrap(),
        span: Span::of(0..5),
    };
    let parts = ClaimParts {
        trigger: Span::of(0..end),
        evidence: Span::of(0..5),
        kind,
        source: vec![side(source)],
        target: vec![side(target)],
        realis: Realis::Asserted,
        said_by: vec![
            Voice::Named(side("IRN-MEDIA")),
            Voice::Unnamed(Span::of(0..2)),
        ],
        when: When {
            day: of.published.map(|p| p.day),
            basis: Basis::Stated(Span::of(1..3)),
        },
        place: Some(Span::of(0..1)),
        aim_of: None,
        confidence: Confidence::new(0.5),
        rule: "a rule".into(),
    };
    Claim::new(of.id(), parts).unwrap()
}

fn add(store: &mut Store, documents: &[(Document, Vec<Claim>)]) -> Result<Vec<Added>, StoreError> {
    let entry = |(document, claims): &'_ (Document, Vec<Claim>)| {
        Signature::of(document.text()).map(|s| (s, claims.len()))
    };
    let signatures: Vec<_> = documents.iter().map(|d| entry(d).map(|(s, _)| s)).collect();
    let entries: Vec<Entry<'_>> = documents
        .iter()
        .zip(signatures)
        .map(|((document, claims), signature)| Entry {
            document,
            original: document.text().as_bytes(),
            media_type: "text/plain",
            origin: "test",
            signature,
            claims,
        })
        .collect();
    store.add(&entries, "coder 1")
}

fn some(count: usize) -> Vec<(Document, Vec<Claim>)> {
    let one = |n: usize| {
        let of = document(
            &format!("Report number {n} tells of something else than w{n} and x{n}."),
            &format!("2024-05-{:02}", n % 28 + 1),
        );
        let claims = vec![
            claim(&of, Kind::Accuse, "RUS-GOV", "ARM", 5),
            claim(&of, Kind::Aid, "FRA", "ARM", 5),
        ];
        (of, claims)
    };
    (0..count).map(one).collect()
}

#[test]
fn what_is_added_comes_back_as_it_was() {
    let mut store = Store::open(&path("back")).unwrap();
    let documents = some(3);
    assert_eq!(add(&mut store, &documents).unwrap(), [Added::New; 3]);
    assert_eq!(add(&mut store, &documents).unwrap(), [Added::Known; 3]);
    let found = store
        .document(&documents[1].0.id().0[..8])
        .unwrap()
        .unwrap();
    assert_eq!(found, documents[1].0);
    let (bytes, media_type, _) = store.original(found.id()).unwrap().unwrap();
    assert_eq!(
        (bytes.as_slice(), media_type.as_str()),
        (found.text().as_bytes(), "text/plain")
    );
    let query = Query {
        document: Some(found.id().clone()),
        ..Query::default()
    };
    let mut claims = store.claims(&query).unwrap().items;
    claims.sort_by_key(|c| c.parts().kind);
    let mut own = documents[1].1.clone();
    own.sort_by_key(|c| c.parts().kind);
    assert_eq!(claims, own);
    assert_eq!(store.counts().unwrap().claims, 6);
}

#[test]
fn a_batch_is_in_or_not_in_never_half() {
    let mut store = Store::open(&path("half")).unwrap();
    let mut documents = some(3);
    let wrong = claim(&documents[2].0, Kind::Threaten, "RUS", "ARM", 9999);
    documents[2].1.push(wrong);
    assert!(matches!(
        add(&mut store, &documents),
        Err(StoreError::Damaged { .. })
    ));
    assert_eq!(store.counts().unwrap().documents, 0);
    assert_eq!(store.counts().unwrap().claims, 0);
}

#[test]
fn pages_give_everything_once() {
    let mut store = Store::open(&path("pages")).unwrap();
    add(&mut store, &some(40)).unwrap();
    let whole = store.claims(&Query::default()).unwrap();
    assert!(whole.next.is_none() && whole.items.len() == 80);
    let mut query = Query {
        limit: 7,
        ..Query::default()
    };
    let mut found = Vec::new();
    loop {
        let page = store.claims(&query).unwrap();
        assert!(page.items.len() <= 7);
        found.extend(page.items);
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    assert_eq!(found, whole.items);
    query.after = Some("nonsense".into());
    assert!(matches!(
        store.claims(&query),
        Err(StoreError::BadCursor(_))
    ));
}

#[test]
fn every_filter_leaves_what_it_asks_for() {
    let mut store = Store::open(&path("filters")).unwrap();
    add(&mut store, &some(10)).unwrap();
    let count = |query: Query| store.claims(&query).unwrap().items.len();
    let pair = |a: &str, b: &str| Query {
        between: Some((a.into(), b.into())),
        ..Query::default()
    };
    assert_eq!(count(pair("RUS", "ARM")), 10);
    assert_eq!(count(pair("RUS-GOV", "ARM")), 10);
    assert_eq!(count(pair("RUS-MIL", "ARM")), 0);
    assert_eq!(count(pair("RUS", "FRA")), 0);
    assert_eq!(
        count(Query {
            kinds: vec![Kind::Aid],
            ..Query::default()
        }),
        10
    );
    assert_eq!(
        count(Query {
            quads: vec![base::Quad::VerbalConflict],
            ..Query::default()
        }),
        10
    );
    assert_eq!(
        count(Query {
            since: "2024-05-04".parse().ok(),
            until: "2024-05-05".parse().ok(),
            ..Query::default()
        }),
        4
    );
    assert_eq!(
        count(Query {
            said_by: Some("IRN".into()),
            ..Query::default()
        }),
        20
    );
    assert_eq!(
        count(Query {
            min_confidence: Some(0.6),
            ..Query::default()
        }),
        0
    );
    for hostile in ["' OR 1=1 --", "\u{0}", "\u{202e}x", "%"] {
        assert_eq!(
            count(Query {
                outlet: Some(hostile.into()),
                ..Query::default()
            }),
            0
        );
    }
}

#[test]
fn families_do_not_depend_on_the_order() {
    let text = |end: &str| (0..80).map(|n| format!("word{n} ")).collect::<String>() + end;
    let documents: Vec<(Document, Vec<Claim>)> = ["a", "b more", "c other end"]
        .iter()
        .map(|e| (document(&text(e), "2024-05-01"), Vec::new()))
        .collect();
    let far = (document(&text("d"), "2024-09-01"), Vec::new());
    let mut all = Vec::new();
    for (nth, order) in [[0, 1, 2], [2, 0, 1], [1, 2, 0]].into_iter().enumerate() {
        let mut store = Store::open(&path(&format!("family{nth}"))).unwrap();
        for n in order {
            add(&mut store, &[documents[n].clone()]).unwrap();
        }
        add(&mut store, std::slice::from_ref(&far)).unwrap();
        all.push(store.families().unwrap());
    }
    assert_eq!(all[0].len(), 1);
    assert_eq!(all[0][0].len(), 3);
    assert!(all.iter().all(|f| *f == all[0]));
}

#[test]
fn what_was_known_then_stays_known_then() {
    let mut store = Store::open(&path("known")).unwrap();
    let documents = some(2);
    add(&mut store, &documents).unwrap();
    let newer = vec![claim(&documents[0].0, Kind::Sanction, "RUS", "ARM", 5)];
    store
        .recode(&[(&documents[0].0, newer)], "coder 2", Timestamp(500))
        .unwrap();
    let known = |at: i64| {
        store
            .known(Timestamp(at), &Query::default())
            .unwrap()
            .claims()
            .len()
    };
    assert_eq!(
        (known(99), known(100), known(499), known(500)),
        (0, 4, 4, 3)
    );
    assert_eq!(store.claims(&Query::default()).unwrap().items.len(), 3);
}

#[test]
fn a_wrong_claim_is_not_known_once_it_was_ruled_so() {
    let mut store = Store::open(&path("ruled")).unwrap();
    let documents = some(1);
    add(&mut store, &documents).unwrap();
    let verdict = Verdict {
        claim: documents[0].1[0].id().clone(),
        ruling: Ruling::Wrong,
        by: "analyst".into(),
        at: Timestamp(300),
    };
    store.rule(&verdict).unwrap();
    assert_eq!(store.verdicts().unwrap(), [verdict]);
    let known = |at: i64| {
        store
            .known(Timestamp(at), &Query::default())
            .unwrap()
            .claims()
            .len()
    };
    assert_eq!((known(200), known(300)), (2, 1));
}

#[test]
fn other_files_are_refused() {
    let foreign = path("foreign");
    std::fs::write(
        &foreign,
        b"this is no database at all, but long enough to look at",
    )
    .unwrap();
    assert!(Store::open(&foreign).is_err());
    assert!(Store::open(std::path::Path::new("/no/such/folder/x.db")).is_err());
}
