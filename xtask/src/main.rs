//! `cargo xtask check`: all that must hold before a change goes in.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program's own face"
)]

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// Who may import whom. Cargo forbids circles; this forbids wrong turns.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("text", &["base"]),
    ("network", &["base"]),
    ("store", &["base"]),
    ("neural", &[]),
    ("parse", &["base", "text"]),
    ("extract", &["base", "text", "neural"]),
    (
        "tawazun",
        &["base", "text", "parse", "extract", "network", "store"],
    ),
    ("train", &["base", "text", "parse", "extract"]),
    ("xtask", &[]),
];
/// Files longer than this are two files.
const LONGEST_FILE_LINES: usize = 620;

fn main() -> ExitCode {
    let done = match std::env::args().nth(1).as_deref() {
        Some("check") => check(),
        Some("directions") => directions(),
        _ => Err(anyhow::anyhow!("usage: cargo xtask check|directions")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

fn check() -> Result<()> {
    directions()?;
    lengths()?;
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&[
        "clippy",
        "--release",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ])?;
    cargo(&["test", "--release", "--workspace"])
}

fn cargo(arguments: &[&str]) -> Result<()> {
    println!("cargo {}", arguments.join(" "));
    let status = Command::new("cargo")
        .args(arguments)
        .status()
        .context("cannot run cargo")?;
    ensure!(status.success(), "cargo {} failed", arguments.join(" "));
    Ok(())
}

/// Holds the table against what cargo says.
fn directions() -> Result<()> {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .context("cannot run cargo metadata")?;
    let metadata: Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata is no JSON")?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    let rooms: Vec<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(room, _)| *room == name) else {
            bail!("{name} is not in the table of xtask, so it may import nothing");
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let of = dependency["name"].as_str().unwrap_or_default();
            if rooms.contains(&of) && !allowed.contains(&of) {
                bail!("{name} may not import {of}; see ARCHITECTURE.md");
            }
        }
    }
    println!("directions: {} rooms, all as the table says", rooms.len());
    Ok(())
}

/// A file is about one thing.
fn lengths() -> Result<()> {
    let output = Command::new("git")
        .args(["ls-files", "*.rs"])
        .output()
        .context("cannot run git")?;
    for file in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(text) = std::fs::read_to_string(file) else {
            continue;
        };
        let lines = text.lines().count();
        ensure!(
            lines <= LONGEST_FILE_LINES,
            "{file} has {lines} lines; make it two files"
        );
    }
    Ok(())
}
