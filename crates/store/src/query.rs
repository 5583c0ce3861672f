//! What can be asked of a store.

use base::{Claim, Day, Document, DocumentId, Kind, Quad, Realis, Timestamp};
use rusqlite::types::Value as Sql;
use rusqlite::{Row, params_from_iter};

use crate::record::{self, CLAIM_COLUMNS, DOCUMENT_COLUMNS};
use crate::{Store, StoreError};

/// Which claims or documents are asked for; what is empty asks for all.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Root or whole codes: both sides must be among these, one of each.
    pub between: Option<(String, String)>,
    /// A root or whole code that is a side.
    pub actor: Option<String>,
    /// A root or whole code among those who say so.
    pub said_by: Option<String>,
    /// Types.
    pub kinds: Vec<Kind>,
    /// Quads.
    pub quads: Vec<Quad>,
    /// How surely told.
    pub realis: Option<Realis>,
    /// The first day, included.
    pub since: Option<Day>,
    /// The last day, included.
    pub until: Option<Day>,
    /// A publisher.
    pub outlet: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// At least this sure.
    pub min_confidence: Option<f64>,
    /// One document.
    pub document: Option<DocumentId>,
    /// At most so many; 0 for all.
    pub limit: usize,
    /// The mark that the page before gave.
    pub after: Option<String>,
}

/// Some of what was asked for, and the mark of the next page where there is more.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// In the order of day and name.
    pub items: Vec<T>,
    /// Hand it back as [`Query::after`].
    pub next: Option<String>,
}

/// How often an actor stands in claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorCount {
    /// The whole code.
    pub code: String,
    /// Claims in which it acts.
    pub source: u64,
    /// Claims in which it is acted on.
    pub target: u64,
    /// Claims that it makes.
    pub said_by: u64,
    /// Documents with such claims.
    pub documents: u64,
}

/// Where a document comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The document.
    pub id: String,
    /// Its family of near-copies.
    pub family: String,
    /// Its publisher.
    pub outlet: Option<String>,
    /// Its day of publication.
    pub published: Option<Day>,
}

/// What a store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Claims that stand.
    pub claims: u64,
    /// Families of near-copies, articles without a copy among them.
    pub families: u64,
}

/// A condition in SQL with its values.
#[derive(Default)]
struct Where {
    parts: Vec<String>,
    values: Vec<Sql>,
}

impl Where {
    fn add(&mut self, part: &str, values: impl IntoIterator<Item = Sql>) {
        self.parts.push(part.to_string());
        self.values.extend(values);
    }

    /// Asks for a side: a whole code where it has a sector, else a root.
    fn side(&mut self, code: &str, roles: &str) {
        let root = code.split('-').next().unwrap_or(code).to_string();
        let whole = if code.contains('-') {
            "AND side.code = ?"
        } else {
            "AND ? <> ''"
        };
        let part = format!(
            "EXISTS (SELECT 1 FROM side WHERE side.root = ? {whole} AND side.claim = claim.id AND side.coder = claim.coder AND side.role IN ({roles}))"
        );
        self.add(&part, [Sql::Text(root), Sql::Text(code.to_string())]);
    }

    fn any(&mut self, column: &str, names: Vec<String>) {
        if !names.is_empty() {
            let marks = vec!["?"; names.len()].join(", ");
            self.add(
                &format!("{column} IN ({marks})"),
                names.into_iter().map(Sql::Text),
            );
        }
    }

    fn sql(&self) -> String {
        if self.parts.is_empty() {
            "1".to_string()
        } else {
            self.parts.join(" AND ")
        }
    }
}

const SIDES: &str = "'source', 'target'";
/// The day of a claim, before all others where it has none.
const DAY: &str = "coalesce(claim.day, -2000000)";
const PUBLISHED: &str = "coalesce(document.published, -2000000)";

impl Query {
    fn of_document(&self) -> Where {
        let mut found = Where::default();
        if let Some(outlet) = &self.outlet {
            found.add("document.outlet = ?", [Sql::Text(outlet.clone())]);
        }
        if let Some(language) = &self.language {
            found.add("document.language = ?", [Sql::Text(language.clone())]);
        }
        if let Some(id) = &self.document {
            found.add("document.id = ?", [Sql::Text(id.0.clone())]);
        }
        found
    }

    fn days(&self, found: &mut Where, column: &str) {
        if let Some(day) = self.since {
            found.add(
                &format!("{column} >= ?"),
                [Sql::Integer(day.number().into())],
            );
        }
        if let Some(day) = self.until {
            found.add(
                &format!("{column} <= ?"),
                [Sql::Integer(day.number().into())],
            );
        }
    }

    fn of_claim(&self) -> Where {
        let mut found = self.of_document();
        self.days(&mut found, "claim.day");
        if let Some((a, b)) = &self.between {
            found.side(a, SIDES);
            found.side(b, SIDES);
        }
        if let Some(actor) = &self.actor {
            found.side(actor, SIDES);
        }
        if let Some(voice) = &self.said_by {
            found.side(voice, "'said_by'");
        }
        let of_quads = Kind::ALL.iter().filter(|k| self.quads.contains(&k.quad()));
        let of_quads: Vec<String> = of_quads.map(|k| k.name().to_string()).collect();
        found.any("claim.kind", of_quads);
        let kinds = self.kinds.iter().map(|k| k.name().to_string());
        found.any("claim.kind", kinds.collect());
        if let Some(realis) = self.realis {
            found.add("claim.realis = ?", [Sql::Text(realis.name().to_string())]);
        }
        if let Some(least) = self.min_confidence {
            found.add("claim.confidence >= ?", [Sql::Real(least)]);
        }
        found
    }

    /// Adds the place after which the page begins.
    fn page(&self, found: &mut Where, day: &str, id: &str) -> Result<(), StoreError> {
        let Some(cursor) = &self.after else {
            return Ok(());
        };
        let bad = || StoreError::BadCursor(cursor.clone());
        let (at, name) = cursor.split_once('.').ok_or_else(bad)?;
        let at: i64 = at.parse().map_err(|_| bad())?;
        let after = format!("({day} > ? OR ({day} = ? AND {id} > ?))");
        found.add(
            &after,
            [
                Sql::Integer(at),
                Sql::Integer(at),
                Sql::Text(name.to_string()),
            ],
        );
        Ok(())
    }

    fn limit(&self) -> i64 {
        match self.limit {
            0 => -1,
            most => most as i64 + 1,
        }
    }

    /// Cuts what is over a page, and marks where the next begins.
    fn cut<T>(&self, mut items: Vec<T>, mark: impl Fn(&T) -> String) -> Page<T> {
        let more = self.limit > 0 && items.len() > self.limit;
        if more {
            items.truncate(self.limit);
        }
        let next = items.last().filter(|_| more).map(mark);
        Page { items, next }
    }
}

const NO_DAY: i32 = -2_000_000;

impl Store {
    /// The claims that stand and that a query asks for, by day and name.
    ///
    /// # Errors
    /// When the mark of a page is wrong, the database refuses, or a claim is damaged.
    pub fn claims(&self, query: &Query) -> Result<Page<Claim>, StoreError> {
        let mut wanted = query.of_claim();
        wanted.add("claim.superseded_at IS NULL", []);
        query.page(&mut wanted, DAY, "claim.id")?;
        let asked = format!(
            "SELECT {CLAIM_COLUMNS} FROM claim JOIN document ON document.id = claim.document WHERE {} ORDER BY {DAY}, claim.id LIMIT {}",
            wanted.sql(),
            query.limit()
        );
        let items = self.rows(&asked, wanted.values, record::claim)?;
        Ok(query.cut(items, |c| {
            let day = c.parts().when.day.map_or(NO_DAY, |d| d.number());
            format!("{day}.{}", c.id())
        }))
    }

    pub(crate) fn claims_known(
        &self,
        as_of: Timestamp,
        query: &Query,
    ) -> Result<Vec<(Timestamp, Claim)>, StoreError> {
        let mut wanted = query.of_claim();
        let at = [Sql::Integer(as_of.0), Sql::Integer(as_of.0)];
        wanted.add(
            "claim.known_at <= ? AND (claim.superseded_at IS NULL OR claim.superseded_at > ?)",
            at,
        );
        let asked = format!(
            "SELECT {CLAIM_COLUMNS}, claim.known_at FROM claim JOIN document ON document.id = claim.document WHERE {} ORDER BY {DAY}, claim.id",
            wanted.sql()
        );
        self.rows(&asked, wanted.values, |row| {
            Ok((Timestamp(row.get(8)?), record::claim(row)?))
        })
    }

    /// The documents that a query asks for, by day of publication and name.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn documents(&self, query: &Query) -> Result<Page<Document>, StoreError> {
        let mut wanted = query.of_document();
        query.days(&mut wanted, "document.published");
        query.page(&mut wanted, PUBLISHED, "document.id")?;
        let asked = format!(
            "SELECT {DOCUMENT_COLUMNS} FROM document WHERE {} ORDER BY {PUBLISHED}, document.id LIMIT {}",
            wanted.sql(),
            query.limit()
        );
        let items = self.rows(&asked, wanted.values, record::document)?;
        Ok(query.cut(items, |d| {
            let day = d.published.map_or(NO_DAY, |p| p.day.number());
            format!("{day}.{}", d.id())
        }))
    }

    /// The actors of the claims that a query asks for, most frequent first, then by code.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn actors(&self, query: &Query) -> Result<Vec<ActorCount>, StoreError> {
        let mut wanted = query.of_claim();
        wanted.add("claim.superseded_at IS NULL", []);
        let asked = format!(
            "SELECT own.code, sum(own.role = 'source'), sum(own.role = 'target'), sum(own.role = 'said_by'), count(DISTINCT claim.document) FROM side AS own JOIN claim ON claim.id = own.claim AND claim.coder = own.coder JOIN document ON document.id = claim.document WHERE {} GROUP BY own.code ORDER BY count(*) DESC, own.code",
            wanted.sql()
        );
        self.rows(&asked, wanted.values, |row| {
            let count = |nth: usize| row.get::<_, i64>(nth).map(i64::unsigned_abs);
            Ok(ActorCount {
                code: row.get(0)?,
                source: count(1)?,
                target: count(2)?,
                said_by: count(3)?,
                documents: count(4)?,
            })
        })
    }

    /// Families of near-copies with two articles or more: their ids in order, by family.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn families(&self) -> Result<Vec<Vec<DocumentId>>, StoreError> {
        let asked = "SELECT group_concat(id) FROM (SELECT id, family FROM document ORDER BY id) GROUP BY family HAVING count(*) > 1 ORDER BY family";
        self.rows(asked, Vec::new(), |row| {
            let ids: String = row.get(0)?;
            let mut ids: Vec<DocumentId> =
                ids.split(',').map(|i| DocumentId(i.to_string())).collect();
            ids.sort();
            Ok(ids)
        })
    }

    /// The articles that are near-copies of one, itself among them, in order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn family_of(&self, id: &DocumentId) -> Result<Vec<DocumentId>, StoreError> {
        let asked = "SELECT id FROM document WHERE family = (SELECT family FROM document WHERE id = ?) ORDER BY id";
        self.rows(asked, vec![Sql::Text(id.0.clone())], |row| {
            Ok(DocumentId(row.get(0)?))
        })
    }

    /// The id, family, outlet and day of publication of every document, in the order of ids.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn origins(&self) -> Result<Vec<Origin>, StoreError> {
        let asked = "SELECT id, family, outlet, published FROM document ORDER BY id";
        self.rows(asked, Vec::new(), |row| {
            let published: Option<i32> = row.get(3)?;
            Ok(Origin {
                id: row.get(0)?,
                family: row.get(1)?,
                outlet: row.get(2)?,
                published: published.map(Day::from_number),
            })
        })
    }

    /// What the store holds.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let asked = "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM claim WHERE superseded_at IS NULL), (SELECT count(DISTINCT family) FROM document)";
        let counts = self.rows(asked, Vec::new(), |row| {
            let count = |nth: usize| row.get::<_, i64>(nth).map(i64::unsigned_abs);
            Ok(Counts {
                documents: count(0)?,
                claims: count(1)?,
                families: count(2)?,
            })
        })?;
        counts.into_iter().next().ok_or(StoreError::Foreign)
    }

    fn rows<T>(
        &self,
        sql: &str,
        values: Vec<Sql>,
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut asked = self.connection.prepare_cached(sql)?;
        let mut rows = asked.query(params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}
