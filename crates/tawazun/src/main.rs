//! Tawazun: reads news into claims, and keeps the relations that they tell.
#![expect(clippy::print_stderr, reason = "the program's own face")]

mod cli;
mod engine;
mod json;
mod web;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(cli::Outcome::Well) => ExitCode::SUCCESS,
        Ok(cli::Outcome::SomeRefused) => ExitCode::from(1),
        Err(error) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}
