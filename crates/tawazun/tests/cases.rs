//! The language cases of `cases/`: a sentence, and the claims that must be found in it.
//!
//! A case whose heading ends in "(not yet)" fails for now and is counted; one that has come right fails
//! this test too, so that its mark is taken away.

#![expect(clippy::print_stdout, reason = "how many cases there are")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

struct Case {
    title: String,
    language: String,
    sentence: String,
    /// Said by, realis, source, type, target; sorted.
    claims: Vec<[String; 5]>,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut found = Vec::new();
    for language in ["ar", "en"] {
        let files = fs::read_dir(root.join(language)).expect("cases/ can be read");
        let mut paths: Vec<_> = files.map(|f| f.expect("a file of cases").path()).collect();
        paths.sort();
        for path in paths {
            let text = fs::read_to_string(&path).expect("a file of cases can be read");
            found.extend(text.split("\n## ").skip(1).map(|part| case(part, language)));
        }
    }
    found
}

fn case(part: &str, language: &str) -> Case {
    let mut lines = part.lines();
    let title = lines.next().unwrap_or_default().to_string();
    let sentence = lines.clone().find_map(|l| l.strip_prefix("> "));
    let rows = lines.filter(|l| l.starts_with("| ")).skip(2);
    let cells = |row: &str| {
        let cells: Vec<String> = row.split('|').map(|c| c.trim().to_string()).collect();
        <[String; 5]>::try_from(cells[1..6].to_vec()).expect("five columns")
    };
    let mut claims: Vec<[String; 5]> = rows.map(cells).collect();
    claims.sort();
    Case {
        title,
        language: language.to_string(),
        sentence: sentence.expect("a case has a sentence").to_string(),
        claims,
    }
}

/// What the program codes for each case, in order.
fn coded(cases: &[Case]) -> Vec<Vec<[String; 5]>> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tawazun"))
        .arg("code")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let rows = cases.iter().enumerate();
    let lines = rows.map(|(n, c)| {
        json!({"id": n, "text": c.sentence, "lang": c.language, "date": "2024-08-22"}).to_string()
    });
    let input = lines.collect::<Vec<_>>().join("\n");
    let mut stdin = program.stdin.take().expect("a pipe");
    stdin
        .write_all(input.as_bytes())
        .expect("the program reads");
    drop(stdin);
    let output = program.wait_with_output().expect("the program ends");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(claims).collect()
}

fn claims(line: &str) -> Vec<[String; 5]> {
    let row: Value = serde_json::from_str(line).expect("JSON");
    let codes = |v: &Value| {
        let all = v.as_array().into_iter().flatten();
        let codes = all.filter_map(|a| a["code"].as_str());
        codes.collect::<Vec<_>>().join(" ")
    };
    let word = |v: &Value| v.as_str().unwrap_or_default().to_string();
    let all = row["claims"].as_array().into_iter().flatten();
    let claim = |c: &Value| {
        [
            codes(&c["said_by"]),
            word(&c["realis"]),
            codes(&c["source"]),
            word(&c["type"]),
            codes(&c["target"]),
        ]
    };
    let mut claims: Vec<[String; 5]> = all.map(claim).collect();
    claims.sort();
    claims
}

#[test]
fn every_case_is_coded_as_it_says() {
    let cases = cases();
    let coded = coded(&cases);
    assert_eq!(cases.len(), coded.len());
    let mut wrong = Vec::new();
    let mut not_yet = 0;
    for (case, found) in cases.iter().zip(&coded) {
        let is_marked = case.title.ends_with("(not yet)");
        not_yet += usize::from(is_marked);
        if (case.claims == *found) == is_marked {
            wrong.push(format!(
                "{}\n  {found:?}\n  for {:?}",
                case.title, case.claims
            ));
        }
    }
    println!("{} cases, {not_yet} not yet", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
