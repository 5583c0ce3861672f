//! One article as a desk editor would want it told.

use std::fmt::Write;

use base::{Claim, Document, Kind, Known, Realis, Side, Timestamp, Voice};

use crate::json;

/// What an act is, between its source and its target; `together` for several sources.
fn verb(kind: Kind, together: bool) -> String {
    let one = of_one(kind);
    if !together {
        return one.to_string();
    }
    let (head, rest) = one.split_once(' ').unwrap_or((one, ""));
    let head = head.strip_suffix('s').unwrap_or(head);
    format!("{head} {rest}").trim_end().to_string()
}

fn of_one(kind: Kind) -> &'static str {
    match kind {
        Kind::Agree => "agrees with",
        Kind::Consult => "talks with",
        Kind::Support => "supports",
        Kind::Concede => "yields to",
        Kind::Cooperate => "works with",
        Kind::Aid => "aids",
        Kind::Retreat => "withdraws from",
        Kind::Request => "asks",
        Kind::Accuse => "accuses",
        Kind::Reject => "rejects",
        Kind::Threaten => "threatens",
        Kind::Protest => "protests against",
        Kind::Sanction => "sanctions",
        Kind::Mobilize => "mobilizes against",
        Kind::Coerce => "coerces",
        Kind::Assault => "attacks",
        Kind::Aligned => "stands close to",
        Kind::Estranged => "stands against",
        Kind::Member => "belongs to",
    }
}

/// Words of an article set apart, so that right-to-left words do not move what stands beside them.
pub(super) fn apart(words: &str) -> String {
    let line: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\u{2068}{line}\u{2069}")
}

fn sides(sides: &[Side], document: &Document) -> String {
    let one = |s: &Side| format!("{} ({})", apart(document.slice(s.span)), s.code.as_str());
    match sides {
        [] => "someone".to_string(),
        _ => sides.iter().map(one).collect::<Vec<_>>().join(" and "),
    }
}

/// A claim as a sentence, without its words.
pub(super) fn sentence(claim: &Claim, document: &Document) -> String {
    let parts = claim.parts();
    let verb = verb(parts.kind, parts.source.len() > 1);
    let mut line = if parts.target.is_empty() && parts.source.len() > 1 && parts.kind.is_mutual() {
        format!("{} {verb} each other", sides(&parts.source, document))
    } else if parts.target.is_empty() {
        format!("{} {verb} …", sides(&parts.source, document))
    } else {
        format!(
            "{} {verb} {}",
            sides(&parts.source, document),
            sides(&parts.target, document)
        )
    };
    for (nth, voice) in parts.said_by.iter().enumerate() {
        let how = if nth == 0 {
            " — said by"
        } else {
            ", told by"
        };
        let who = match voice {
            Voice::Named(side) => format!(
                "{} ({})",
                apart(document.slice(side.span)),
                side.code.as_str()
            ),
            Voice::Unnamed(span) => apart(document.slice(*span)),
        };
        let _ = write!(line, "{how} {who}");
    }
    let _ = write!(line, " — {}", parts.realis);
    if let Some(day) = parts.when.day {
        let _ = write!(line, ", {day}");
    }
    line
}

/// The whole account.
pub(super) fn of(document: &Document, claims: &[Claim], copies: usize, why: bool) -> String {
    let mut told = head(document, copies);
    add_actors(&mut told, claims);
    add_claims(&mut told, document, claims, why);
    add_aims(&mut told, document, claims);
    add_relations(&mut told, claims);
    told
}

fn head(document: &Document, copies: usize) -> String {
    let title = document.title().map_or("(no title)", |t| document.slice(t));
    let mut told = format!("{}\n", apart(title));
    let published = document
        .published
        .map_or("day of publication unknown".to_string(), |dated| {
            let basis = json::published_basis(dated);
            let words = dated.basis.and_then(base::Basis::span);
            let words = words.map_or(String::new(), |s| {
                format!(" from {}", apart(document.slice(s)))
            });
            format!("published {} ({basis}{words})", dated.day)
        });
    let by = [document.outlet.as_deref(), document.author.as_deref()];
    let by: Vec<String> = by.into_iter().flatten().map(apart).collect();
    let by = if by.is_empty() {
        String::new()
    } else {
        format!("{} · ", by.join(" · "))
    };
    let _ = writeln!(
        told,
        "{by}{published} · {} · id {}",
        document.language.code(),
        document.id()
    );
    if copies > 1 {
        let _ = writeln!(told, "one of {copies} near-copies of one report");
    }
    told
}

fn add_actors(told: &mut String, claims: &[Claim]) {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for claim in claims {
        let parts = claim.parts();
        for side in parts.source.iter().chain(&parts.target) {
            *counts.entry(side.code.as_str()).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let list: Vec<String> = counts
        .iter()
        .take(16)
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    let _ = writeln!(told, "\nActors\n  {}", list.join(" · "));
}

fn add_claims(told: &mut String, document: &Document, claims: &[Claim], why: bool) {
    let _ = writeln!(
        told,
        "\nClaims ({}), each with the chance that it is wholly right",
        claims.len()
    );
    for claim in claims {
        let parts = claim.parts();
        let _ = writeln!(
            told,
            "  {:<9} {} · {:.2}",
            parts.kind.name(),
            sentence(claim, document),
            parts.confidence.value()
        );
        let _ = writeln!(
            told,
            "            {} in: {}",
            apart(document.slice(parts.trigger)),
            apart(&shortened(document.slice(parts.evidence)))
        );
        if why {
            let _ = writeln!(told, "            {}", parts.rule);
        }
    }
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(160) {
        Some((at, _)) => format!("{}…", &words[..words[..at].rfind(' ').unwrap_or(at)]),
        None => words.to_string(),
    }
}

fn add_aims(told: &mut String, document: &Document, claims: &[Claim]) {
    let aims: Vec<&Claim> = claims
        .iter()
        .filter(|c| c.parts().realis == Realis::Intended)
        .collect();
    if aims.is_empty() {
        return;
    }
    let _ = writeln!(told, "\nStated aims");
    for claim in aims {
        let parts = claim.parts();
        let served = parts
            .aim_of
            .map_or("an act not named here".to_string(), |s| {
                apart(document.slice(s))
            });
        let _ = writeln!(
            told,
            "  {served}, aim: {} {}",
            sides(&parts.source, document),
            format_args!(
                "{} {}",
                verb(parts.kind, parts.source.len() > 1),
                sides(&parts.target, document)
            )
        );
    }
}

fn add_relations(told: &mut String, claims: &[Claim]) {
    let dated = claims.iter().map(|c| (Timestamp(0), c.clone())).collect();
    let known = Known::new(Timestamp(0), dated, &[]);
    let relations = network::relate(&known);
    let _ = writeln!(told, "\nRelations it moves");
    let moved = relations
        .iter()
        .filter(|r| r.tone.is_some() && r.dyad.from() != "XXX" && r.dyad.to() != "XXX");
    for relation in moved {
        let _ = writeln!(told, "  {}", relation_line(relation));
    }
}

/// A relation in one line.
pub(super) fn relation_line(relation: &base::Relation) -> String {
    let tone = relation
        .tone
        .map_or("  –  ".to_string(), |t| format!("{:+.2}", t.value()));
    let counts: Vec<String> = relation
        .counts
        .iter()
        .map(|(k, n)| format!("{k} {n}"))
        .collect();
    format!(
        "{:>6} → {:<6} {tone}  {}",
        relation.dyad.from(),
        relation.dyad.to(),
        counts.join(", ")
    )
}
