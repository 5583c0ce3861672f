//! Parts of speech, from left to right.

use base::Pos;

use crate::perceptron::{Learner, Scorer, feature, text_hash};

/// A word as the tagger and the tree builder see it.
#[derive(Debug, Clone)]
pub struct Form {
    /// Folded.
    pub folded: String,
    /// Whether it is written with a capital first letter.
    pub capital: bool,
}

fn head(text: &str, letters: usize) -> &str {
    let end = text
        .char_indices()
        .nth(letters)
        .map_or(text.len(), |(i, _)| i);
    &text[..end]
}

fn tail(text: &str, letters: usize) -> &str {
    let nth = text.char_indices().rev().nth(letters - 1);
    &text[nth.map_or(0, |(i, _)| i)..]
}

fn shape(form: &Form) -> u64 {
    let digits = form.folded.chars().any(|c| c.is_ascii_digit());
    let hyphen = form.folded.contains('-');
    u64::from(form.capital) | u64::from(digits) << 1 | u64::from(hyphen) << 2
}

fn features(forms: &[Form], at: usize, tags: &[Pos], found: &mut Vec<u32>) {
    found.clear();
    let word = |offset: isize| {
        let nth = at.checked_add_signed(offset).and_then(|i| forms.get(i));
        nth.map_or(0, |f| text_hash(&f.folded))
    };
    let tag = |back: usize| at.checked_sub(back).map_or(99, |i| tags[i] as u64);
    let form = &forms[at];
    let (w, before, after) = (word(0), word(-1), word(1));
    let next_tail = forms
        .get(at + 1)
        .map_or(0, |f| text_hash(tail(&f.folded, 3)));
    let next_head = forms
        .get(at + 1)
        .map_or(0, |f| text_hash(head(&f.folded, 2)));
    let mut add = |template: u8, parts: &[u64]| found.push(feature(template, parts));
    add(0, &[]);
    add(1, &[w]);
    add(2, &[before]);
    add(3, &[after]);
    add(4, &[word(-2)]);
    add(5, &[word(2)]);
    for letters in 1..=4 {
        add(6 + letters as u8, &[text_hash(tail(&form.folded, letters))]);
        add(
            11 + letters as u8,
            &[text_hash(head(&form.folded, letters))],
        );
    }
    add(16, &[shape(form), u64::from(at == 0)]);
    add(17, &[tag(1)]);
    add(18, &[tag(1), tag(2)]);
    add(19, &[tag(1), w]);
    add(20, &[before, w]);
    add(21, &[w, after]);
    add(22, &[next_tail]);
    add(23, &[next_head, tag(1)]);
    add(24, &[tag(1), text_hash(tail(&form.folded, 3))]);
    add(25, &[shape(form), tag(1)]);
    add(
        26,
        &[
            text_hash(head(&form.folded, 2)),
            text_hash(tail(&form.folded, 2)),
        ],
    );
}

fn best(scores: &[i32]) -> usize {
    (0..scores.len())
        .rev()
        .max_by_key(|&n| scores[n])
        .unwrap_or(0)
}

/// The part of speech of each word.
#[must_use]
pub fn tag(scorer: &Scorer, forms: &[Form]) -> Vec<Pos> {
    let mut tags = Vec::with_capacity(forms.len());
    let (mut found, mut scores) = (Vec::new(), Vec::new());
    for at in 0..forms.len() {
        features(forms, at, &tags, &mut found);
        scorer.scores(&found, &mut scores);
        tags.push(Pos::ALL[best(&scores).min(16)]);
    }
    tags
}

/// Learns from tagged sentences, in their order.
#[must_use]
pub fn learn(sentences: &[(Vec<Form>, Vec<Pos>)], epochs: usize) -> Scorer {
    let mut learner = Learner::new(Pos::ALL.len());
    let (mut found, mut scores) = (Vec::new(), Vec::new());
    for _ in 0..epochs {
        for (forms, gold) in sentences {
            let mut tags: Vec<Pos> = Vec::new();
            for (at, right) in gold.iter().enumerate() {
                features(forms, at, &tags, &mut found);
                learner.scores(&found, &mut scores);
                let guess = (0..scores.len())
                    .rev()
                    .max_by(|a, b| scores[*a].total_cmp(&scores[*b]))
                    .unwrap_or(0);
                let right = *right as usize;
                let wrong = (guess != right).then_some((&found[..], guess));
                learner.learn((&found, right), wrong);
                tags.push(Pos::ALL[guess]);
            }
        }
    }
    learner.finish(3)
}
