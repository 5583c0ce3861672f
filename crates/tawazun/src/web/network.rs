//! The network in the JSON API: what `tawazun network`, `turns`, `balance`, `outlets` and `brief` tell.

use std::time::Duration;

use axum::Router;
use axum::extract::{Query as Asked, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use base::{Day, Dyad, Event, Tone};
use serde_json::json;
use store::{Query, Store};

use super::{Answer, Failure, Fields, Shared, bad, fine, only, with};
use crate::cli;

/// The most random networks that one request may ask for, and the time for each.
const MOST_RANDOM: u64 = 100;
const LIMIT: Duration = Duration::from_secs(2);

/// The addresses of the network.
pub(super) fn router() -> Router<Shared> {
    Router::new()
        .route("/api/network", get(network))
        .route("/api/turns", get(turns))
        .route("/api/balance", get(balance))
        .route("/api/outlets", get(outlets))
        .route("/api/brief", get(brief))
        .route("/api/leverage", get(leverage))
        .route("/api/forecast", get(forecast))
}

fn day(fields: &Fields, name: &str) -> Result<Option<Day>, Failure> {
    fields
        .get(name)
        .map(|d| d.parse::<Day>())
        .transpose()
        .map_err(bad)
}

fn number(fields: &Fields, name: &str, usual: f64) -> Result<f64, Failure> {
    let told = fields.get(name).map(|n| n.parse::<f64>()).transpose();
    told.map(|n| n.unwrap_or(usual))
        .map_err(|_| bad(format!("{name} is no number")))
}

fn pair(fields: &Fields) -> Result<cli::Pair, Failure> {
    let between = fields.get("between").and_then(|b| b.split_once(','));
    let (a, b) = between.ok_or_else(|| bad("write between=A,B"))?;
    cli::Pair::new(a, Some(b)).map_err(|e| bad(format!("{e:#}")))
}

fn told(error: anyhow::Error) -> Failure {
    bad(format!("{error:#}"))
}

fn events(store: &Store, fields: &Fields) -> Result<Vec<Event>, Failure> {
    cli::events_of(store, &Query::default(), day(fields, "as_of")?).map_err(told)
}

async fn network(State(store): State<Shared>, Asked(fields): Asked<Fields>) -> Answer {
    only(&fields, &["on", "as_of"])?;
    let events = with(&store, |s| events(s, &fields))?;
    let on = day(&fields, "on")?.or_else(|| events.iter().map(|e| e.day).max());
    let found = on.map_or(Vec::new(), |on| network::standings(&events, on));
    fine(
        json!({"on": on.map(|d| d.to_string()), "relations": found.iter().map(cli::standing).collect::<Vec<_>>()}),
    )
}

async fn turns(State(store): State<Shared>, Asked(fields): Asked<Fields>) -> Answer {
    only(&fields, &["since", "until", "as_of", "alarms"])?;
    let events = with(&store, |s| events(s, &fields))?;
    let (since, until) = (day(&fields, "since")?, day(&fields, "until")?);
    let alarms = number(&fields, "alarms", 2.5)?;
    let found = network::turns::turns(&events, alarms);
    let wanted = found
        .iter()
        .filter(|t| since.is_none_or(|d| t.day >= d) && until.is_none_or(|d| t.day <= d));
    fine(json!({"turns": wanted.map(cli::turn).collect::<Vec<_>>()}))
}

async fn balance(State(store): State<Shared>, Asked(fields): Asked<Fields>) -> Answer {
    only(
        &fields,
        &["on", "as_of", "least_weight", "middle", "random"],
    )?;
    let events = with(&store, |s| events(s, &fields))?;
    let middle = Tone::new(number(&fields, "middle", 0.0)?)
        .ok_or_else(|| bad("middle must lie from -1 to 1"))?;
    let least = number(&fields, "least_weight", 2.0)?;
    let random = (number(&fields, "random", 20.0)?.max(0.0) as u64).min(MOST_RANDOM);
    let on = day(&fields, "on")?.or_else(|| events.iter().map(|e| e.day).max());
    let on = on.ok_or_else(|| bad("there are no events"))?;
    let graph = network::signed(&events, on, least, middle);
    fine(cli::balance_of(&graph, random, LIMIT))
}

async fn outlets(State(store): State<Shared>, Asked(fields): Asked<Fields>) -> Answer {
    only(&fields, &["between", "on"])?;
    let (pair, on) = (pair(&fields)?, day(&fields, "on")?);
    let found = with(&store, |s| cli::pictures(s, &pair, on).map_err(told))?;
    fine(json!({"outlets": found.iter().map(cli::Picture::json).collect::<Vec<_>>()}))
}

async fn forecast(State(store): State<Shared>, Asked(fields): Asked<Fields>) -> Answer {
    only(&fields, &["between", "on", "as_of"])?;
    let between = fields.get("between").and_then(|b| b.split_once(','));
    let (a, b) = between.ok_or_else(|| bad("write between=A,B"))?;
    let dyad = Dyad::new(&a.to_uppercase(), &b.to_uppercase());
    let dyad = dyad.ok_or_else(|| bad("name two different actors"))?;
    let events = with(&store, |s| events(s, &fields))?;
    let found = cli::forecasts(&events, &dyad, day(&fields, "on")?).map_err(told)?;
    fine(json!({"forecasts": found.iter().map(cli::Forecast::json).collect::<Vec<_>>()}))
}

async fn leverage(State(store): State<Shared>, Asked(fields): Asked<Fields>) -> Answer {
    only(&fields, &["since", "until", "as_of"])?;
    let span = (day(&fields, "since")?, day(&fields, "until")?);
    let as_of = day(&fields, "as_of")?;
    let (found, _) = with(&store, |s| cli::leverage_told(s, span, as_of).map_err(told))?;
    fine(json!({"moves": found.iter().map(cli::leverage_shape).collect::<Vec<_>>()}))
}

async fn brief(State(store): State<Shared>, Asked(fields): Asked<Fields>) -> Answer {
    only(&fields, &["between", "since", "until", "as_of", "lang"])?;
    let pair = pair(&fields)?;
    let since = day(&fields, "since")?.ok_or_else(|| bad("write since=YYYY-MM-DD"))?;
    let until = day(&fields, "until")?;
    let tongue = match fields.get("lang").map_or("en", String::as_str) {
        "ar" => cli::Tongue::Ar,
        "en" => cli::Tongue::En,
        other => {
            return Err(bad(format!(
                "no page is written in «{other}»; there are ar, en"
            )));
        }
    };
    let as_of = day(&fields, "as_of")?;
    let page = with(&store, |s| {
        cli::page(s, &pair, (since, until), as_of, tongue).map_err(told)
    })?;
    let headers = [
        (header::CONTENT_TYPE, "text/markdown; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, page).into_response())
}
