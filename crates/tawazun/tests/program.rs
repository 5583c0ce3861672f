//! The program as a user meets it: example articles in, lists and accounts out.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_tawazun"))
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles")
}

/// A folder of a test's own, empty.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("tawazun-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn run(store: &Path, arguments: &[&str]) -> Output {
    let mut command = program();
    command
        .arg("--store")
        .arg(store.join("t.db"))
        .args(arguments);
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn read_examples(store: &Path) -> Output {
    run(store, &["read", examples().to_str().unwrap()])
}

#[test]
fn reading_twice_adds_nothing() {
    let store = folder("twice");
    let first = read_examples(&store);
    assert_eq!(first.status.code(), Some(0));
    assert!(
        String::from_utf8_lossy(&first.stderr).contains("8 articles read (8 new, 0 known before)")
    );
    let exported = out(&run(&store, &["export", "claims"]));
    let second = read_examples(&store);
    assert!(String::from_utf8_lossy(&second.stderr).contains("(0 new, 8 known before)"));
    assert_eq!(out(&run(&store, &["export", "claims"])), exported);
}

#[test]
fn the_same_articles_give_the_same_bytes() {
    let (a, b) = (folder("same-a"), folder("same-b"));
    read_examples(&a);
    read_examples(&b);
    for list in [
        &["claims", "--json"][..],
        &["export", "documents"],
        &["actors"],
        &["relations", "ARM"],
    ] {
        assert_eq!(out(&run(&a, list)), out(&run(&b, list)), "{list:?}");
    }
}

#[test]
fn claims_lead_back_to_their_words() {
    let store = folder("words");
    read_examples(&store);
    let lines = out(&run(&store, &["claims", "--json", "--limit", "0"]));
    assert!(lines.lines().count() > 20);
    for line in lines.lines() {
        let claim: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = claim["document"].as_str().unwrap();
        let article: serde_json::Value =
            serde_json::from_str(&out(&run(&store, &["article", id, "--json"]))).unwrap();
        let text = article["text"].as_str().unwrap();
        let (start, end) = (&claim["span"]["start"], &claim["span"]["end"]);
        let words = &text[start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize];
        assert_eq!(words, claim["trigger"].as_str().unwrap());
        assert!(claim["evidence"]["text"].as_str().unwrap().contains(words));
    }
}

#[test]
fn captions_and_boilerplate_claim_nothing() {
    let store = folder("captions");
    read_examples(&store);
    let lines = out(&run(&store, &["claims", "--json", "--limit", "0"]));
    assert!(!lines.contains("pastries") && !lines.contains("recipes") && !lines.contains("يعجبك"));
}

#[test]
fn a_filter_leaves_only_what_it_asks_for() {
    let store = folder("filter");
    read_examples(&store);
    let both = out(&run(
        &store,
        &[
            "claims",
            "--between",
            "ARM",
            "AZE",
            "--json",
            "--limit",
            "0",
        ],
    ));
    assert!(both.lines().count() > 2);
    for line in both.lines() {
        assert!(line.contains("\"ARM") && line.contains("\"AZE"), "{line}");
    }
    let accused = out(&run(&store, &["claims", "--type", "accuse", "--json"]));
    assert!(accused.lines().all(|l| l.contains("\"type\":\"ACCUSE\"")));
    assert_eq!(
        run(&store, &["claims", "--type", "SHOUT"]).status.code(),
        Some(2)
    );
    assert_eq!(
        run(&store, &["claims", "--actor", "Armenia!"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn bad_input_is_refused_and_the_rest_is_read() {
    let store = folder("bad");
    std::fs::write(store.join("a.jsonl"), "{\"title\":\"Russia condemns Armenia\",\"text\":\"Russia condemned Armenia on Monday.\"}\n{broken\n{\"title\":\"x\"}\n").unwrap();
    std::fs::write(store.join("b.pdf"), b"%PDF-1.4 ...").unwrap();
    std::fs::write(
        store.join("c.html"),
        format!("<html><body>{}", "<div>".repeat(100_000)),
    )
    .unwrap();
    std::fs::write(store.join("d.txt"), "").unwrap();
    let output = run(&store, &["read", store.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&output.stderr).to_string();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("line 2") && told.contains("b.pdf") && told.contains("nested"),
        "{told}"
    );
    assert!(told.contains("2 articles read"), "{told}");
    assert_eq!(
        run(&store, &["read", "/no/such/file"]).status.code(),
        Some(2)
    );
    assert_eq!(run(&folder("none"), &["claims"]).status.code(), Some(2));
}

#[test]
fn sentences_are_coded_in_their_order() {
    let mut child = program()
        .arg("code")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let rows = "{\"id\":\"1\",\"text\":\"Russia condemned Armenia.\",\"lang\":\"en\"}\n\n{\"id\":\"2\",\"text\":\"\"}\nnonsense\n{\"id\":3,\"text\":\"\u{202e}اتهمت روسيا أرمينيا\u{202c} <script>\"}\n";
    child
        .stdin
        .take()
        .unwrap()
        .write_all(rows.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<serde_json::Value> = out(&output)
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["claims"][0]["type"], "ACCUSE");
    assert_eq!(lines[0]["claims"][0]["source"][0]["code"], "RUS");
    assert_eq!(lines[0]["claims"][0]["target"][0]["code"], "ARM");
    assert_eq!(lines[1]["claims"].as_array().unwrap().len(), 0);
    assert!(lines[2]["error"].is_string());
    assert_eq!(lines[3]["id"], 3);
}

#[test]
fn coding_anew_gives_the_same_claims() {
    let store = folder("recode");
    read_examples(&store);
    let before = out(&run(&store, &["export", "claims"]));
    assert_eq!(run(&store, &["recode"]).status.code(), Some(0));
    assert_eq!(out(&run(&store, &["export", "claims"])), before);
}

#[test]
fn a_users_own_actors_come_first() {
    let store = folder("actors");
    let table = store.join("own.tsv");
    std::fs::write(&table, "ZAMBODIA\torg\ten\tZambodia League\n").unwrap();
    let article = store.join("a.txt");
    std::fs::write(
        &article,
        "League\n\nThe Zambodia League condemned Russia on Monday.\n",
    )
    .unwrap();
    let output = run(
        &store,
        &[
            "--actors",
            table.to_str().unwrap(),
            "read",
            article.to_str().unwrap(),
        ],
    );
    assert!(out(&output).contains("ZAMBODIA"), "{}", out(&output));
    std::fs::write(&table, "x\ty\n").unwrap();
    let output = run(
        &store,
        &[
            "--actors",
            table.to_str().unwrap(),
            "read",
            article.to_str().unwrap(),
        ],
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn tables_can_be_exported() {
    let store = folder("export");
    read_examples(&store);
    let csv = out(&run(&store, &["export", "claims", "--format", "csv"]));
    assert!(csv.starts_with("claim,document,outlet"));
    let file = store.join("claims.parquet");
    let output = run(
        &store,
        &[
            "export",
            "claims",
            "--format",
            "parquet",
            "--output",
            file.to_str().unwrap(),
        ],
    );
    assert_eq!(output.status.code(), Some(0));
    let bytes = std::fs::read(file).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}

#[test]
fn a_killed_run_keeps_whole_what_it_told() {
    let store = folder("kill");
    let rows: String = (0..6000)
        .map(|n| format!("{{\"title\":\"Report {n}\",\"date\":\"2024-05-01\",\"text\":\"Russia condemned Armenia in report {n}. Turkey praised Azerbaijan for word{n}.\"}}\n"))
        .collect();
    let input = store.join("in.jsonl");
    std::fs::write(&input, rows).unwrap();
    let mut told = std::collections::BTreeSet::new();
    for round in 1..=4 {
        let mut command = program();
        command.arg("--store").arg(store.join("t.db")).args([
            "read",
            "--ids",
            input.to_str().unwrap(),
        ]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // killed in the midst of its work, however slow the machine
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for line in lines.by_ref().take(round * 777) {
            told.extend(line.unwrap().split(' ').next().map(str::to_string));
        }
        let _ = child.kill();
        let _ = child.wait();
        let whole = lines
            .map_while(Result::ok)
            .filter(|l| l.ends_with("new") || l.ends_with("known"));
        told.extend(whole.filter_map(|l| l.split(' ').next().map(str::to_string)));
    }
    assert!(!told.is_empty());
    let kept = out(&run(&store, &["export", "documents"]));
    let lost = told.iter().filter(|id| !kept.contains(id.as_str())).count();
    assert_eq!(lost, 0);
    let last = run(&store, &["read", input.to_str().unwrap()]);
    assert_eq!(last.status.code(), Some(0));
    assert_eq!(
        out(&run(&store, &["export", "documents"])).lines().count(),
        6000
    );
}

#[test]
fn words_that_no_model_has_seen_do_not_stop_the_coder() {
    let strange = "ﷺ𝔄☃\u{202e}".repeat(60);
    let text = format!("إيران هددت {} السعودية", [&strange[..]; 150].join(" "));
    let line = serde_json::json!({"id": 1, "text": text, "lang": "ar"}).to_string();
    let mut child = program()
        .arg("code")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{line}").unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(out(&output).contains("\"id\":1"));
}

/// A benchmark in which everyone meets the next of eight, day after day.
fn benchmark(name: &str) -> PathBuf {
    let at = folder(name);
    for (part, days) in [("train", 0..40), ("valid", 40..45), ("test", 45..50)] {
        let fact = |n: u32| {
            format!(
                "{}\t{}\t{}\t{}\n",
                n % 8,
                n / 8 % 2,
                (n + 1) % 8,
                n / 8 * 24
            )
        };
        let facts: String = (days.start * 8..days.end * 8).map(fact).collect();
        std::fs::write(at.join(format!("{part}.txt")), facts).unwrap();
    }
    at
}

#[test]
fn a_benchmark_is_foretold_with_the_same_bytes() {
    let at = benchmark("bench");
    let bench = |more: &[&str]| {
        let mut arguments = vec!["forecast", "bench", at.to_str().unwrap()];
        arguments.extend(more);
        let output = run(&at, &arguments);
        assert_eq!(output.status.code(), Some(0));
        out(&output)
    };
    let told = bench(&[]);
    assert!(
        told.contains("\ntest          80  1.0000  1.0000  1.0000   1.0000\n"),
        "{told}"
    );
    assert_eq!(bench(&[]), told);
    let why = bench(&["--explain", "3", "1", "4", "1128"]);
    assert!(why.contains("rank 1 of 8"), "{why}");
    assert!(
        why.contains("47 events between them before, the latest first:\n  3 0 4 1104\n"),
        "{why}"
    );
}

#[test]
fn a_bad_line_of_a_benchmark_is_told_with_its_place() {
    let at = benchmark("bench-bad");
    std::fs::write(at.join("valid.txt"), "1 0 2 960\n1 zero 2 960\n").unwrap();
    let output = run(&at, &["forecast", "bench", at.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("valid.txt, line 2: the relation «zero» is no whole number below 1000"),
        "{told}"
    );
}
