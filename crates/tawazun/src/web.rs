//! `tawazun serve`: a plain first page and the JSON API. It alone knows HTTP.

mod network;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Path, Query as Asked, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Claim;
use serde_json::{Value, json};
use store::{Query, Store, StoreError};

use crate::cli::{self, Outcome};
use crate::json as shape;

const PAGE: &str = include_str!("web/page.html");
/// The most items of one answer.
const MOST: usize = 1000;

type Shared = Arc<Mutex<Store>>;
type Fields = HashMap<String, String>;

/// Listens until it is stopped.
pub(crate) fn serve(store: Store, listen: &str) -> Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .with_context(|| format!("cannot listen on {listen}"))?;
        eprintln!("http://{}", listener.local_addr()?);
        axum::serve(listener, router(store))
            .await
            .context("the server ended")
    })?;
    Ok(Outcome::Well)
}

/// Every address.
pub(crate) fn router(store: Store) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/api/status", get(status))
        .route("/api/claims", get(claims))
        .route("/api/actors", get(actors))
        .route("/api/articles", get(articles))
        .route("/api/articles/{id}", get(article))
        .route("/api/relations/{actor}", get(relations))
        .merge(network::router())
        .fallback(|| async {
            Failure(
                StatusCode::NOT_FOUND,
                "there is no such address; see docs/api.md".to_string(),
            )
        })
        .with_state(Arc::new(Mutex::new(store)))
}

/// What went wrong, the same everywhere.
struct Failure(StatusCode, String);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = json!({"ok": false, "error": self.1, "status": self.0.as_u16()});
        answer(self.0, &body)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        let status = match error {
            StoreError::TooShort(_) | StoreError::Ambiguous(..) | StoreError::BadCursor(_) => {
                StatusCode::BAD_REQUEST
            }
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Failure(status, error.to_string())
    }
}

fn bad(error: impl std::fmt::Display) -> Failure {
    Failure(StatusCode::BAD_REQUEST, error.to_string())
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, body.to_string()).into_response()
}

type Answer = Result<Response, Failure>;

fn fine(mut body: Value) -> Answer {
    body["ok"] = json!(true);
    Ok(answer(StatusCode::OK, &body))
}

async fn page() -> Response {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'";
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, PAGE).into_response()
}

/// Does some work with the store, one request after the other.
fn with<T>(store: &Shared, work: impl FnOnce(&Store) -> Result<T, Failure>) -> Result<T, Failure> {
    let store = store
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    work(&store)
}

/// Refuses a field that an address does not know.
fn only(fields: &Fields, known: &[&str]) -> Result<(), Failure> {
    match fields.keys().find(|k| !known.contains(&k.as_str())) {
        Some(unknown) => Err(bad(format!(
            "no field is called «{unknown}»; there are {}",
            known.join(", ")
        ))),
        None => Ok(()),
    }
}

/// The query that the fields of an address ask for.
fn query(fields: &Fields) -> Result<Query, Failure> {
    const KNOWN: [&str; 17] = [
        "between",
        "actor",
        "said_by",
        "type",
        "quad",
        "realis",
        "since",
        "until",
        "outlet",
        "lang",
        "min_confidence",
        "limit",
        "after",
        "other",
        "document",
        "on",
        "as_of",
    ];
    only(fields, &KNOWN)?;
    let field = |name: &str| {
        fields
            .get(name)
            .map(String::as_str)
            .filter(|v| !v.is_empty())
    };
    let list = |name: &str| field(name).map_or(Vec::new(), |v| v.split(',').collect());
    let between = match field("between").map(|b| b.split_once(',')) {
        Some(None) => return Err(bad("write between=A,B")),
        Some(pair) => pair,
        None => None,
    };
    let asked = cli::Asked {
        between,
        actor: field("actor"),
        said_by: field("said_by"),
        kinds: list("type"),
        quads: list("quad"),
        realis: field("realis"),
    };
    let found = cli::query_of(&asked).map_err(|e| bad(format!("{e:#}")))?;
    let day = |name: &str| {
        field(name)
            .map(str::parse::<base::Day>)
            .transpose()
            .map_err(bad)
    };
    let number = |name: &str| {
        field(name)
            .map(str::parse::<f64>)
            .transpose()
            .map_err(|_| bad(format!("{name} is no number")))
    };
    let limit = number("limit")?.map_or(50, |n| n as usize);
    Ok(Query {
        since: day("since")?,
        until: day("until")?,
        outlet: field("outlet").map(str::to_string),
        language: field("lang").map(str::to_string),
        min_confidence: number("min_confidence")?,
        limit: limit.clamp(1, MOST),
        after: field("after").map(str::to_string),
        document: field("document").map(|d| base::DocumentId(d.to_string())),
        ..found
    })
}

async fn status(State(store): State<Shared>) -> Answer {
    let counts = with(&store, |s| Ok(s.counts()?))?;
    fine(
        json!({"documents": counts.documents, "claims": counts.claims, "families": counts.families, "version": env!("CARGO_PKG_VERSION")}),
    )
}

fn listed(store: &Store, claims: &[Claim]) -> Result<Vec<Value>, Failure> {
    let mut documents = HashMap::new();
    let mut found = Vec::new();
    for claim in claims {
        let id = &claim.document().0;
        if !documents.contains_key(id) {
            documents.insert(id.clone(), store.document(id)?);
        }
        if let Some(Some(document)) = documents.get(id) {
            found.push(shape::listed(claim, document));
        }
    }
    Ok(found)
}

async fn claims(State(store): State<Shared>, Asked(fields): Asked<Fields>) -> Answer {
    let query = query(&fields)?;
    let (claims, next) = with(&store, |s| {
        let page = s.claims(&query)?;
        Ok((listed(s, &page.items)?, page.next))
    })?;
    fine(json!({"claims": claims, "next": next}))
}

async fn actors(State(store): State<Shared>, Asked(fields): Asked<Fields>) -> Answer {
    let query = query(&fields)?;
    let found = with(&store, |s| Ok(s.actors(&query)?))?;
    let actor = |a: &store::ActorCount| json!({"code": a.code, "source": a.source, "target": a.target, "said_by": a.said_by, "documents": a.documents});
    fine(json!({"actors": found.iter().take(query.limit).map(actor).collect::<Vec<_>>()}))
}

async fn articles(State(store): State<Shared>, Asked(fields): Asked<Fields>) -> Answer {
    let query = query(&fields)?;
    let page = with(&store, |s| Ok(s.documents(&query)?))?;
    fine(
        json!({"articles": page.items.iter().map(shape::document).collect::<Vec<_>>(), "next": page.next}),
    )
}

async fn article(State(store): State<Shared>, Path(id): Path<String>) -> Answer {
    let found = with(&store, |s| {
        let Some(document) = s.document(&id)? else {
            return Ok(None);
        };
        let of = Query {
            document: Some(document.id().clone()),
            ..Query::default()
        };
        let claims = s.claims(&of)?.items;
        let copies = s.family_of(document.id())?;
        Ok(Some((document, claims, copies)))
    })?;
    let Some((document, claims, copies)) = found else {
        return Err(Failure(
            StatusCode::NOT_FOUND,
            format!("no article begins with {id}"),
        ));
    };
    let mut body = shape::document(&document);
    body["text"] = json!(document.text());
    body["blocks"] = shape::blocks(&document);
    body["copies"] = json!(copies.iter().map(|c| &c.0).collect::<Vec<_>>());
    body["claims"] = claims
        .iter()
        .map(|c| shape::claim(c, document.text()))
        .collect();
    fine(body)
}

async fn relations(
    State(store): State<Shared>,
    Path(actor): Path<String>,
    Asked(mut fields): Asked<Fields>,
) -> Answer {
    fields.insert("actor".to_string(), actor);
    if let Some(other) = fields.get("other") {
        let pair = format!("{},{other}", fields["actor"]);
        fields.insert("between".to_string(), pair);
    }
    let day = |name: &str| {
        fields
            .get(name)
            .map(|d| d.parse::<base::Day>())
            .transpose()
            .map_err(bad)
    };
    let (on, as_of) = (day("on")?, day("as_of")?);
    let query = query(&fields)?;
    let other = query.between.clone().map(|(_, other)| other);
    let actor = query.actor.clone().unwrap_or_default();
    let pair = cli::Pair::new(&actor, other.as_deref()).map_err(bad)?;
    let (found, ledgers) = with(&store, |s| {
        let told = |e: anyhow::Error| bad(format!("{e:#}"));
        let found = cli::relations_of(s, &pair, query.clone(), as_of).map_err(told)?;
        Ok((
            found,
            cli::ledgers(s, &pair, query, on, as_of).map_err(told)?,
        ))
    })?;
    fine(
        json!({"relations": found.iter().map(shape::relation).collect::<Vec<_>>(), "ledgers": ledgers}),
    )
}

#[cfg(test)]
mod tests {
    use super::query;
    use std::collections::HashMap;

    #[test]
    fn a_wrong_field_is_told() {
        let of = |name: &str, value: &str| {
            query(&HashMap::from([(name.to_string(), value.to_string())]))
        };
        assert!(of("typ", "AID").is_err_and(|e| e.1.contains("typ")));
        assert!(of("type", "aid").is_ok());
        assert!(of("type", "BOMB").is_err());
        assert!(of("between", "ARM").is_err());
        assert!(of("since", "soon").is_err());
        assert!(of("limit", "9000000").is_ok_and(|q| q.limit == super::MOST));
    }
}
