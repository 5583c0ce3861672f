//! Parsers from treebanks in CoNLL-U.

use std::path::Path;

use anyhow::{Context, Result, bail};
use base::Pos;
use parse::tag::Form;
use parse::tree::{Tree, deprel};
use parse::{Model, TrainingSentence};

const EPOCHS: usize = 8;

/// `ar|en OUT.bin TEST.conllu TRAIN.conllu...`: learns, writes, and prints how well it does on TEST.
pub fn run(arguments: &[String]) -> Result<()> {
    let [language, out, test, train @ ..] = arguments else {
        bail!("give a language, a file to write, a treebank to test on and some to learn from")
    };
    let is_arabic = language == "ar";
    let mut sentences = Vec::new();
    for file in train {
        sentences.extend(read(Path::new(file), is_arabic)?);
    }
    let model = Model::learn(&sentences, is_arabic, EPOCHS);
    let bytes = model.write()?;
    std::fs::write(out, &bytes).with_context(|| format!("cannot write {out}"))?;
    let model = Model::read(&bytes).context("what was written cannot be read")?;
    let test = read(Path::new(test), is_arabic)?;
    println!(
        "{language}: {} sentences, {} bytes, {}",
        sentences.len(),
        bytes.len(),
        score(&model, &test)
    );
    Ok(())
}

fn score(model: &Model, test: &[TrainingSentence]) -> String {
    let (mut words, mut tags_right, mut heads, mut labelled) = (0, 0, 0, 0);
    let (mut tokens, mut cut) = (0, 0);
    for sentence in test {
        let folded: Vec<String> = sentence.tokens.iter().map(|t| t.0.clone()).collect();
        let found = parse::words(Some(model), &folded);
        tokens += folded.len();
        let right = found.iter().zip(&sentence.tokens);
        cut += right.filter(|(f, t)| **f == t.1).count();
        let (tags, tree) = model.draw(&sentence.forms);
        for nth in 0..sentence.forms.len() {
            words += 1;
            tags_right += usize::from(tags[nth] == sentence.tags[nth]);
            let head = tree[nth].0 == sentence.tree[nth].0;
            heads += usize::from(head);
            labelled += usize::from(head && tree[nth].1 == sentence.tree[nth].1);
        }
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    format!(
        "on {words} gold words: UPOS {:.1} UAS {:.1} LAS {:.1}; tokens cut right {:.2}",
        share(tags_right, words),
        share(heads, words),
        share(labelled, words),
        share(cut, tokens)
    )
}

fn read(path: &Path, is_arabic: bool) -> Result<Vec<TrainingSentence>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read {}; unpack it with zstd first", path.display()))?;
    let blocks = text.split("\n\n").filter(|b| !b.trim().is_empty());
    Ok(blocks.filter_map(|b| sentence(b, is_arabic)).collect())
}

fn sentence(block: &str, is_arabic: bool) -> Option<TrainingSentence> {
    let mut made = TrainingSentence {
        tokens: Vec::new(),
        forms: Vec::new(),
        tags: Vec::new(),
        tree: Tree::new(),
    };
    let mut inside = 0_usize;
    let mut glue = false;
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, _, pos, _, _, head, label, _, misc] = columns[..] else {
            return None;
        };
        let folded = text::fold(form);
        if let Some((_, last)) = id.split_once('-') {
            made.tokens.push((folded, Vec::new()));
            inside = last.parse::<usize>().ok()?;
            continue;
        }
        let nth: usize = id.parse().ok()?;
        let written = folded.clone();
        match made.tokens.last_mut() {
            Some(token) if nth <= inside => token.1.push(written.clone()),
            // PUD gives no tokens: words written without a blank between them are one
            Some(token) if is_arabic && glue && is_letters(&written) && is_letters(&token.0) => {
                token.0.push_str(&written);
                token.1.push(written.clone());
            }
            _ => made.tokens.push((folded.clone(), vec![written.clone()])),
        }
        glue = misc.contains("SpaceAfter=No");
        made.forms.push(Form {
            capital: form.starts_with(char::is_uppercase),
            folded: written,
        });
        made.tags.push(Pos::from_name(pos).unwrap_or(Pos::X));
        let head: usize = head.parse().ok()?;
        made.tree.push((head.checked_sub(1), deprel(label)));
    }
    Some(made)
}

fn is_letters(text: &str) -> bool {
    text.chars().all(char::is_alphabetic)
}
