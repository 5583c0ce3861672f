//! Documents, claims and verdicts on disk: the only room that knows how they lie there.
//!
//! One SQLite file. A batch is in or not in, never half; what [`Store::add`] has returned survives
//! the death of the process. Readers go on while one process writes.

mod family;
mod layout;
mod query;
mod record;

use std::path::Path;

use base::{Claim, ClaimId, Document, DocumentId, Known, Ruling, Side, Timestamp, Verdict, Voice};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

pub use family::Signature;
pub use query::{ActorCount, Counts, Origin, Page, Query};

/// Why something could not be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file of a later program.
    #[error("the store has layout {found}, this program reads up to {known}; use a newer program")]
    TooNew {
        /// The layout of the file.
        found: u32,
        /// The latest that is known here.
        known: u32,
    },
    /// A database of another program.
    #[error("this file is a database of another program; give another --store")]
    Foreign,
    /// What lies there cannot be what was written.
    #[error(
        "the {what} {id} in the store is damaged; read its article again or run tawazun recode"
    )]
    Damaged {
        /// Document or claim.
        what: &'static str,
        /// Its name.
        id: String,
    },
    /// A beginning of a name that is too short.
    #[error("«{0}» is too short; give at least 4 letters of the id")]
    TooShort(String),
    /// A beginning of a name that several documents share.
    #[error("«{0}» begins several ids: {1}")]
    Ambiguous(String, String),
    /// A mark for the next page that was not given out.
    #[error("«{0}» is no mark of a page; take the one that the page before gave")]
    BadCursor(String),
    /// Anything that SQLite says.
    #[error("the database answers: {0}; if it is in use by another writer, wait and try again")]
    Database(#[from] rusqlite::Error),
}

/// An article as it is handed over.
pub struct Entry<'a> {
    /// What was read.
    pub document: &'a Document,
    /// The bytes that it was read from.
    pub original: &'a [u8],
    /// Their media type.
    pub media_type: &'a str,
    /// The file or address that they came from.
    pub origin: &'a str,
    /// What its text looks like, to find near-copies.
    pub signature: Option<Signature>,
    /// What it claims.
    pub claims: &'a [Claim],
}

/// Whether an article was in the store before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was not.
    New,
    /// It was; nothing was added.
    Known,
}

/// A store.
pub struct Store {
    connection: Connection,
}

impl Store {
    /// Opens a store; makes it where there is none.
    ///
    /// # Errors
    /// When the file cannot be opened, is another program's, or of a later layout.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        let mut connection = Connection::open(path)?;
        layout::prepare(&mut connection)?;
        Ok(Store { connection })
    }

    /// Adds a batch of articles with what a coder found in them, all or none.
    ///
    /// # Errors
    /// When a claim's place lies outside its text, or the database refuses; nothing is added then.
    pub fn add(&mut self, batch: &[Entry<'_>], coder: &str) -> Result<Vec<Added>, StoreError> {
        let change = self.connection.transaction()?;
        let coder = coder_id(&change, coder)?;
        let added: Result<Vec<Added>, StoreError> =
            batch.iter().map(|e| add_one(&change, e, coder)).collect();
        let added = added?;
        change.commit()?;
        Ok(added)
    }

    /// Gives documents the claims of a newer coder, all or none; the old ones stay as they were known.
    ///
    /// # Errors
    /// As [`Store::add`].
    pub fn recode(
        &mut self,
        batch: &[(&Document, Vec<Claim>)],
        coder: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let change = self.connection.transaction()?;
        let coder = coder_id(&change, coder)?;
        for (document, claims) in batch {
            let id = &document.id().0;
            change
                .prepare_cached("DELETE FROM side WHERE coder = ?2 AND claim IN (SELECT id FROM claim WHERE document = ?1)")?
                .execute(params![id, coder])?;
            change
                .prepare_cached("DELETE FROM claim WHERE document = ?1 AND coder = ?2")?
                .execute(params![id, coder])?;
            change
                .prepare_cached("UPDATE claim SET superseded_at = ?2 WHERE document = ?1 AND superseded_at IS NULL")?
                .execute(params![id, at.0])?;
            for claim in claims {
                add_claim(&change, document, claim, coder, at)?;
            }
        }
        change.commit()?;
        Ok(())
    }

    /// A document by its name or the beginning of it.
    ///
    /// # Errors
    /// When the beginning is short, or several documents share it.
    pub fn document(&self, id: &str) -> Result<Option<Document>, StoreError> {
        let Some(id) = self.whole_id(id)? else {
            return Ok(None);
        };
        let asked = format!(
            "SELECT {} FROM document WHERE id = ?1",
            record::DOCUMENT_COLUMNS
        );
        let mut asked = self.connection.prepare_cached(&asked)?;
        let found = asked.query_row([&id], |row| Ok(record::document(row)));
        found.optional()?.transpose()
    }

    /// Whether a document is in the store.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn holds(&self, id: &DocumentId) -> Result<bool, StoreError> {
        let mut asked = self
            .connection
            .prepare_cached("SELECT 1 FROM document WHERE id = ?1")?;
        Ok(asked.exists([&id.0])?)
    }

    fn whole_id(&self, start: &str) -> Result<Option<String>, StoreError> {
        if start.chars().count() < 4 {
            return Err(StoreError::TooShort(start.to_string()));
        }
        let mut asked = self.connection.prepare_cached(
            "SELECT id FROM document WHERE id >= ?1 AND id < ?1 || 'g' AND substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 5",
        )?;
        let found = asked.query_map([start], |row| row.get(0))?;
        let found: Vec<String> = found.collect::<Result<_, _>>()?;
        match &found[..] {
            [] => Ok(None),
            [one] => Ok(Some(one.clone())),
            several => Err(StoreError::Ambiguous(start.to_string(), several.join(", "))),
        }
    }

    /// The bytes that a document was read from, their media type and where they came from.
    ///
    /// # Errors
    /// When the database refuses or the bytes are damaged.
    pub fn original(
        &self,
        id: &DocumentId,
    ) -> Result<Option<(Vec<u8>, String, String)>, StoreError> {
        let mut asked = self
            .connection
            .prepare_cached("SELECT original, media_type, origin FROM document WHERE id = ?1")?;
        let found = asked
            .query_row([&id.0], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((packed, media_type, origin)) = found else {
            return Ok(None);
        };
        let bytes = unpack(&packed).ok_or(StoreError::Damaged {
            what: "document",
            id: id.0.clone(),
        })?;
        Ok(Some((bytes, media_type, origin)))
    }

    /// Keeps what an analyst ruled.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn rule(&mut self, verdict: &Verdict) -> Result<(), StoreError> {
        let ruling = match verdict.ruling {
            Ruling::Right => "right",
            Ruling::Wrong => "wrong",
        };
        self.connection.execute(
            "INSERT INTO verdict (claim, ruling, by, at) VALUES (?1, ?2, ?3, ?4)",
            params![verdict.claim.0, ruling, verdict.by, verdict.at.0],
        )?;
        Ok(())
    }

    /// All verdicts, in the order in which they were given.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn verdicts(&self) -> Result<Vec<Verdict>, StoreError> {
        let mut asked = self
            .connection
            .prepare_cached("SELECT claim, ruling, by, at FROM verdict ORDER BY at, rowid")?;
        let verdict = |row: &rusqlite::Row<'_>| {
            let ruling: String = row.get(1)?;
            Ok(Verdict {
                claim: ClaimId(row.get(0)?),
                ruling: if ruling == "wrong" {
                    Ruling::Wrong
                } else {
                    Ruling::Right
                },
                by: row.get(2)?,
                at: Timestamp(row.get(3)?),
            })
        };
        let found = asked.query_map([], verdict)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// What was known at an instant of the claims that a query asks for; its page is not heeded.
    ///
    /// # Errors
    /// When the database refuses or a claim is damaged.
    pub fn known(&self, as_of: Timestamp, query: &Query) -> Result<Known, StoreError> {
        let claims = self.claims_known(as_of, query)?;
        Ok(Known::new(as_of, claims, &self.verdicts()?))
    }
}

fn coder_id(change: &Transaction<'_>, name: &str) -> Result<i64, StoreError> {
    change.execute("INSERT OR IGNORE INTO coder (name) VALUES (?1)", [name])?;
    Ok(change.query_row("SELECT id FROM coder WHERE name = ?1", [name], |r| r.get(0))?)
}

fn add_one(change: &Transaction<'_>, entry: &Entry<'_>, coder: i64) -> Result<Added, StoreError> {
    let document = entry.document;
    let id = &document.id().0;
    let family = find_family(change, entry)?;
    let inserted = change
        .prepare_cached(
            "INSERT OR IGNORE INTO document (id, outlet, url, author, language, published, published_basis, available, origin, media_type, text, blocks, original, family) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            id,
            document.outlet,
            document.url,
            document.author,
            document.language.code(),
            document.published.map(|p| p.day.number()),
            record::write_basis(document.published),
            document.available.0,
            entry.origin,
            entry.media_type,
            document.text(),
            record::write_blocks(document),
            pack(entry.original),
            id,
        ])?;
    if inserted == 0 {
        return Ok(Added::Known);
    }
    if let Some(signature) = &entry.signature {
        change
            .prepare_cached("INSERT INTO signature (document, hashes) VALUES (?1, ?2)")?
            .execute(params![id, signature.to_bytes()])?;
        let mut insert =
            change.prepare_cached("INSERT OR IGNORE INTO band (hash, document) VALUES (?1, ?2)")?;
        for band in signature.bands() {
            insert.execute(params![band, id])?;
        }
    }
    join_families(change, id, &family)?;
    for claim in entry.claims {
        add_claim(change, document, claim, coder, document.available)?;
    }
    Ok(Added::New)
}

/// The families of the near-copies of an article that are in the store.
fn find_family(change: &Transaction<'_>, entry: &Entry<'_>) -> Result<Vec<String>, StoreError> {
    let Some(signature) = &entry.signature else {
        return Ok(Vec::new());
    };
    let mut asked = change.prepare_cached(
        "SELECT document.id, hashes, published, family FROM band JOIN signature ON signature.document = band.document JOIN document ON document.id = band.document WHERE band.hash = ?1",
    )?;
    let mut found: Vec<String> = Vec::new();
    for band in signature.bands() {
        let mut rows = asked.query([band])?;
        while let Some(row) = rows.next()? {
            let (hashes, day): (Vec<u8>, Option<i32>) = (row.get(1)?, row.get(2)?);
            let own = entry.document.published.map(|p| p.day.number());
            let near = match (own, day) {
                (Some(a), Some(b)) => a.abs_diff(b) <= family::DAYS_APART.unsigned_abs(),
                _ => true,
            };
            let family: String = row.get(3)?;
            if near
                && !found.contains(&family)
                && signature.is_like(&Signature::from_bytes(&hashes))
            {
                found.push(family);
            }
        }
    }
    Ok(found)
}

/// One family of an article and the families of its copies, named by its smallest id, so that the
/// order of reading does not matter.
fn join_families(
    change: &Transaction<'_>,
    id: &str,
    families: &[String],
) -> Result<(), StoreError> {
    let name = families
        .iter()
        .map(String::as_str)
        .chain([id])
        .min()
        .unwrap_or(id);
    let mut update = change.prepare_cached("UPDATE document SET family = ?1 WHERE family = ?2")?;
    for family in families
        .iter()
        .map(String::as_str)
        .chain([id])
        .filter(|f| *f != name)
    {
        update.execute([name, family])?;
    }
    Ok(())
}

fn add_claim(
    change: &Transaction<'_>,
    document: &Document,
    claim: &Claim,
    coder: i64,
    at: Timestamp,
) -> Result<(), StoreError> {
    let parts = claim.parts();
    let fits = |s: &base::Span| document.text().get(s.range()).is_some();
    let sides = parts.source.iter().chain(&parts.target);
    let mut spans = sides.map(|s| s.span).chain([parts.trigger, parts.evidence]);
    if !spans.all(|s| fits(&s)) {
        return Err(StoreError::Damaged {
            what: "claim",
            id: claim.id().0.clone(),
        });
    }
    change
        .prepare_cached("INSERT OR IGNORE INTO claim (id, document, kind, realis, day, confidence, known_at, superseded_at, coder, parts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, ?8, ?9)")?
        .execute(params![
            claim.id().0,
            document.id().0,
            parts.kind.name(),
            parts.realis.name(),
            parts.when.day.map(|d| d.number()),
            parts.confidence.value(),
            at.0,
            coder,
            record::write_parts(parts),
        ])?;
    let mut insert = change.prepare_cached(
        "INSERT OR IGNORE INTO side (root, role, claim, coder, code) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut add = |role: &str, side: &Side| {
        insert.execute(params![
            side.code.root(),
            role,
            claim.id().0,
            coder,
            side.code.as_str()
        ])
    };
    for side in &parts.source {
        add("source", side)?;
    }
    for side in &parts.target {
        add("target", side)?;
    }
    for voice in &parts.said_by {
        if let Voice::Named(side) = voice {
            add("said_by", side)?;
        }
    }
    Ok(())
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let level = flate2::Compression::fast();
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), level);
    let written = packed.write_all(bytes).and_then(|()| packed.finish());
    written.unwrap_or_default()
}

fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let mut unpacker = flate2::read::DeflateDecoder::new(packed);
    unpacker.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
