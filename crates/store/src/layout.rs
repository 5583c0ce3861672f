//! How things lie on disk: the tables, and the number of their layout.

use rusqlite::Connection;

use crate::StoreError;

/// The layout that this program writes.
pub(crate) const LAYOUT: u32 = 1;
/// Marks a file as a store of this program («TWZN»).
const APPLICATION: i64 = 0x5457_5A4E;

const TABLES: &str = "
CREATE TABLE document (
    id TEXT PRIMARY KEY,
    outlet TEXT, url TEXT, author TEXT,
    language TEXT NOT NULL,
    published INTEGER, published_basis TEXT,
    available INTEGER NOT NULL,
    origin TEXT NOT NULL,
    media_type TEXT NOT NULL,
    text TEXT NOT NULL,
    blocks TEXT NOT NULL,
    original BLOB NOT NULL,
    family TEXT NOT NULL
);
CREATE INDEX document_by_day ON document (published, id);
CREATE INDEX document_by_family ON document (family);
CREATE TABLE band (
    hash INTEGER NOT NULL,
    document TEXT NOT NULL REFERENCES document (id),
    PRIMARY KEY (hash, document)
) WITHOUT ROWID;
CREATE TABLE signature (
    document TEXT PRIMARY KEY REFERENCES document (id),
    hashes BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE coder (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE claim (
    id TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES document (id),
    kind TEXT NOT NULL,
    realis TEXT NOT NULL,
    day INTEGER,
    confidence REAL NOT NULL,
    known_at INTEGER NOT NULL,
    superseded_at INTEGER,
    coder INTEGER NOT NULL REFERENCES coder (id),
    parts TEXT NOT NULL,
    PRIMARY KEY (id, coder)
);
CREATE INDEX claim_by_document ON claim (document);
CREATE INDEX claim_by_day ON claim (day, id);
CREATE TABLE side (
    root TEXT NOT NULL,
    role TEXT NOT NULL,
    claim TEXT NOT NULL,
    coder INTEGER NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (root, role, claim, coder, code)
) WITHOUT ROWID;
CREATE INDEX side_by_claim ON side (claim, coder);
CREATE TABLE verdict (
    claim TEXT NOT NULL,
    ruling TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL
);
";

/// Makes the tables of a new store, or checks that they are of a layout that can be read.
pub(crate) fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    let application: i64 = connection.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_master", [], |r| r.get(0))?;
    if tables > 0 && application != APPLICATION {
        return Err(StoreError::Foreign);
    }
    let found: u32 = connection.pragma_query_value(None, "user_version", |r| r.get(0))?;
    if found > LAYOUT {
        return Err(StoreError::TooNew {
            found,
            known: LAYOUT,
        });
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    if tables == 0 {
        let change = connection.transaction()?;
        change.execute_batch(TABLES)?;
        change.pragma_update(None, "application_id", APPLICATION)?;
        change.pragma_update(None, "user_version", LAYOUT)?;
        change.commit()?;
    }
    Ok(())
}
