//! What is to be read: files, folders and all in them, addresses, standard input.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base::Timestamp;
use text::read::Origin;

use super::fetch;

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    File(PathBuf),
    Url(String),
    Stdin,
}

/// The inputs that arguments name: a folder stands for every file in it, in the order of their names.
///
/// Links inside a folder are not followed. An argument that is not there is an error of its own.
pub(crate) fn of(arguments: &[String]) -> Vec<Result<Input>> {
    let mut found = Vec::new();
    for argument in arguments {
        let path = Path::new(argument);
        if argument == "-" {
            found.push(Ok(Input::Stdin));
        } else if fetch::is_url(argument) {
            found.push(Ok(Input::Url(argument.clone())));
        } else if path.is_dir() {
            add_folder(path, &mut found);
        } else if path.exists() {
            found.push(Ok(Input::File(path.to_path_buf())));
        } else {
            found.push(Err(anyhow::anyhow!(
                "there is no file or folder {argument}"
            )));
        }
    }
    found
}

fn add_folder(folder: &Path, found: &mut Vec<Result<Input>>) {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot look into {}", folder.display()));
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => return found.push(Err(error)),
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths {
        let is_hidden = path
            .file_name()
            .is_some_and(|n| n.to_string_lossy().starts_with('.'));
        let Ok(kind) = path.symlink_metadata() else {
            continue;
        };
        if is_hidden || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() {
            add_folder(&path, found);
        } else {
            found.push(Ok(Input::File(path)));
        }
    }
}

impl Input {
    /// Opens an input.
    pub(crate) fn open(
        &self,
        now: Timestamp,
        allow_private: bool,
    ) -> Result<(Box<dyn BufRead>, Origin)> {
        let mut origin = Origin {
            name: String::new(),
            url: None,
            media_type: None,
            outlet: None,
            available: now,
        };
        let input: Box<dyn BufRead> = match self {
            Input::File(path) => {
                origin.name = path.display().to_string();
                let file = std::fs::File::open(path)
                    .with_context(|| format!("cannot open {}", path.display()))?;
                Box::new(BufReader::with_capacity(1 << 16, file))
            }
            Input::Url(url) => {
                let page = fetch::fetch(url, allow_private)?;
                origin.name.clone_from(url);
                origin.url = Some(url.clone());
                origin.media_type = page.media_type;
                origin.outlet = host(url);
                Box::new(std::io::Cursor::new(page.bytes))
            }
            Input::Stdin => {
                origin.name = "standard input".to_string();
                Box::new(BufReader::new(std::io::stdin()))
            }
        };
        Ok((input, origin))
    }
}

/// The host of an address, its outlet where the page itself names none.
fn host(url: &str) -> Option<String> {
    let rest = url.split("://").nth(1)?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.trim_start_matches("www.").to_string())
}
