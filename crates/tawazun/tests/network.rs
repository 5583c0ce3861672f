//! The commands of the network on the example articles: nothing depends on the order of reading, every part leads
//! back to articles, and each format is what it says.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn articles() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    found.sort();
    found
}

fn store(name: &str) -> PathBuf {
    let path =
        std::env::temp_dir().join(format!("tawazun-network-{name}-{}.db", std::process::id()));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    path
}

fn run(store: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tawazun"));
    command
        .arg("--store")
        .arg(store)
        .args(arguments)
        .output()
        .unwrap()
}

fn out(store: &Path, arguments: &[&str]) -> String {
    let output = run(store, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn read(store: &Path, articles: &[PathBuf]) {
    let mut arguments = vec!["read"];
    arguments.extend(articles.iter().map(|a| a.to_str().unwrap()));
    assert!(run(store, &arguments).status.success());
}

#[test]
fn neither_the_order_of_reading_nor_the_runs_change_an_event() {
    let all = articles();
    let whole = store("whole");
    read(&whole, &all);
    let expected = out(&whole, &["events", "--json", "--limit", "0"]);
    assert!(expected.lines().count() > 10);
    let apart = store("apart");
    for article in all.iter().rev() {
        read(&apart, std::slice::from_ref(article));
    }
    assert_eq!(out(&apart, &["events", "--json", "--limit", "0"]), expected);
    assert!(run(&apart, &["recode"]).status.success());
    assert_eq!(out(&apart, &["events", "--json", "--limit", "0"]), expected);
}

#[test]
fn the_parts_of_a_score_sum_to_it_and_name_articles() {
    let path = store("parts");
    read(&path, &articles());
    let told = out(&path, &["relations", "AZE", "ARM", "--explain", "--json"]);
    let ledger: Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    let parts = ledger["parts"].as_array().unwrap();
    let sum: f64 = parts.iter().map(|p| p["amount"].as_f64().unwrap()).sum();
    assert!((sum - ledger["standing"]["score"].as_f64().unwrap()).abs() < 1e-5);
    let article = parts
        .iter()
        .find_map(|p| p["accounts"][0]["document"].as_str())
        .unwrap();
    assert!(out(&path, &["article", &article[..8]]).contains("Claims"));
    assert!(
        out(
            &path,
            &["relations", "AZE", "ARM", "--as-of", "1999-01-01", "--json"]
        )
        .is_empty()
    );
}

#[test]
fn the_network_is_written_in_every_format() {
    let path = store("formats");
    read(&path, &articles());
    let of = |format: &str| out(&path, &["network", "--format", format]);
    let pairs = of("json").lines().count();
    assert_eq!(of("csv").lines().count(), pairs + 1);
    assert_eq!(of("graphml").matches("<edge ").count(), pairs);
    assert_eq!(of("gexf").matches("<edge ").count(), pairs);
    let map: Value = serde_json::from_str(&of("geojson")).unwrap();
    assert!(!map["features"].as_array().unwrap().is_empty());
    assert!(of("table").contains("standing"));
}

#[test]
fn a_page_on_a_pair_quotes_its_sources() {
    let path = store("page");
    read(&path, &articles());
    let page = out(
        &path,
        &[
            "brief",
            "ARM",
            "AZE",
            "--since",
            "2024-01-01",
            "--lang",
            "ar",
        ],
    );
    assert!(page.starts_with("# ARM – AZE") && page.contains("ما تغيّر") && page.contains("  > "));
    assert!(out(&path, &["outlets", "ARM", "AZE"]).contains("events"));
    assert!(
        out(
            &path,
            &["balance", "--least-weight", "0.1", "--random", "5"]
        )
        .contains("frustration index")
    );
    assert!(out(&path, &["leverage"]).contains("aim:"));
    assert!(run(&path, &["turns", "--alarms", "0"]).status.code() == Some(2));
}

/// A table of a year of weekly talks, and an expulsion in its last week.
fn table() -> PathBuf {
    let path = std::env::temp_dir().join(format!("tawazun-table-{}.csv", std::process::id()));
    let mut rows = "date,source,target,type\n".to_string();
    for week in 0..52 {
        let day = format!("2020-{:02}-{:02}", week / 4 % 12 + 1, week % 4 * 7 + 1);
        rows.push_str(&format!("{day},AAA,BBB,CONSULT\n{day},BBB,AAA,CONSULT\n"));
    }
    for act in [
        "SANCTION", "ACCUSE", "COERCE", "PROTEST", "ASSAULT", "THREATEN",
    ] {
        for day in 20..27 {
            rows.push_str(&format!("2020-12-{day},AAA,BBB,{act}\n"));
        }
    }
    std::fs::write(&path, rows).unwrap();
    path
}

#[test]
fn an_event_table_of_another_project_is_enough() {
    let (path, nothing) = (table(), store("nothing"));
    let of = |arguments: &[&str]| {
        let mut all = arguments.to_vec();
        all.extend(["--events", path.to_str().unwrap()]);
        out(&nothing, &all)
    };
    let turn = of(&["turns"]);
    assert!(
        turn.contains("AAA – BBB  worse") && turn.contains("2020-12-2"),
        "{turn}"
    );
    assert!(of(&["relations", "AAA", "BBB", "--explain"]).contains("in all"));
    let odds = of(&["forecast", "AAA", "BBB"]);
    assert!(
        odds.contains("coop-words") && odds.contains("within 30 days"),
        "{odds}"
    );
    assert!(of(&["network"]).contains("AAA"));
    assert!(!nothing.exists());
}
