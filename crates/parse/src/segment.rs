//! The words inside an Arabic token: و ف ب ل ك س before the stem and pronouns after it.

use crate::perceptron::{Learner, Scorer, feature, text_hash};

/// One way to cut a token: the words it holds, the stem among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The words in order, folded; «للحكومة» gives «ل», «الحكومه».
    pub words: Vec<String>,
    /// Which of them is the stem.
    pub stem: usize,
}

const PRONOUNS: [&str; 10] = ["ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ي", "ني"];

/// Every way in which a folded token may be cut, the whole token first.
#[must_use]
pub fn cuts(folded: &str) -> Vec<Cut> {
    let mut found = Vec::new();
    let is_word = folded.chars().all(char::is_alphabetic);
    let heads = heads(folded);
    for (prefix, rest) in heads {
        if !is_word && !prefix.is_empty() {
            continue;
        }
        push(&mut found, &prefix, &rest, None);
        if rest.starts_with("ال") || !is_word {
            continue;
        }
        for pronoun in PRONOUNS {
            let stem = rest.strip_suffix(pronoun);
            if let Some(stem) = stem.filter(|s| s.chars().count() >= 2) {
                push(&mut found, &prefix, stem, Some(pronoun));
            }
        }
    }
    found
}

fn heads(folded: &str) -> Vec<(Vec<&'static str>, String)> {
    let mut found = vec![(Vec::new(), folded.to_string())];
    let mut firsts: Vec<(Vec<&'static str>, &str)> = vec![(Vec::new(), folded)];
    for joint in ["و", "ف"] {
        firsts.extend(folded.strip_prefix(joint).map(|rest| (vec![joint], rest)));
    }
    for (joints, rest) in firsts {
        if !joints.is_empty() {
            found.push((joints.clone(), rest.to_string()));
        }
        for clitic in ["ب", "ل", "ك", "س"] {
            if let Some(stem) = rest.strip_prefix(clitic) {
                let mut words = joints.clone();
                words.push(clitic);
                found.push((words.clone(), stem.to_string()));
                if clitic == "ل"
                    && let Some(bare) = stem.strip_prefix('ل')
                {
                    found.push((words, format!("ال{bare}")));
                }
            }
        }
    }
    found.retain(|(prefix, rest)| prefix.is_empty() || !rest.is_empty());
    found
}

fn push(found: &mut Vec<Cut>, prefix: &[&str], stem: &str, pronoun: Option<&str>) {
    if stem.is_empty() {
        return;
    }
    let mut words: Vec<String> = prefix.iter().map(|p| (*p).to_string()).collect();
    words.push(stem.to_string());
    words.extend(pronoun.map(str::to_string));
    found.push(Cut {
        words,
        stem: prefix.len(),
    });
}

fn features(token: &str, cut: &Cut, before: &str, after: &str) -> Vec<u32> {
    let stem = &cut.words[cut.stem];
    let prefix = text_hash(&cut.words[..cut.stem].concat());
    let suffix = text_hash(&cut.words[cut.stem + 1..].concat());
    let letters = stem.chars().count().min(8) as u64;
    let ends: String = stem.chars().rev().take(2).collect();
    let starts: String = stem.chars().take(3).collect();
    let (starts, ends) = (text_hash(&starts), text_hash(&ends));
    let (token, stem) = (text_hash(token), text_hash(stem));
    vec![
        feature(40, &[prefix, suffix]),
        feature(41, &[stem]),
        feature(42, &[prefix, stem]),
        feature(43, &[stem, suffix]),
        feature(44, &[prefix, starts]),
        feature(45, &[suffix, ends]),
        feature(46, &[prefix, letters]),
        feature(47, &[suffix, letters]),
        feature(48, &[token, prefix, suffix]),
        feature(49, &[prefix, text_hash(before)]),
        feature(50, &[suffix, text_hash(after)]),
        feature(51, &[prefix, suffix, letters]),
        feature(52, &[suffix, starts]),
    ]
}

/// The likeliest cut of each token of a sentence.
#[must_use]
pub fn segment(scorer: &Scorer, tokens: &[&str]) -> Vec<Cut> {
    let mut scores = Vec::new();
    let around = |at: Option<usize>| at.and_then(|i| tokens.get(i)).copied().unwrap_or("");
    let mut best = |at: usize, token: &str| {
        let (before, after) = (around(at.checked_sub(1)), around(Some(at + 1)));
        let mut score = |cut: &Cut| {
            scorer.scores(&features(token, cut, before, after), &mut scores);
            scores[0]
        };
        let weighed = cuts(token).into_iter().map(|c| (score(&c), c)).rev();
        weighed.max_by_key(|(s, _)| *s).map(|(_, c)| c)
    };
    let whole = |token: &str| Cut {
        words: vec![token.to_string()],
        stem: 0,
    };
    let tokens = tokens.iter().enumerate();
    tokens
        .map(|(at, token)| best(at, token).unwrap_or_else(|| whole(token)))
        .collect()
}

/// Learns from tokens and the words that each holds. A token whose words no cut gives is skipped.
#[must_use]
pub fn learn(sentences: &[Vec<(String, Vec<String>)>], epochs: usize) -> Scorer {
    let mut learner = Learner::new(1);
    let mut scores = Vec::new();
    for _ in 0..epochs {
        for sentence in sentences {
            for (at, (token, words)) in sentence.iter().enumerate() {
                let all = cuts(token);
                let Some(right) = all.iter().position(|c| &c.words == words) else {
                    continue;
                };
                let around =
                    |i: Option<usize>| i.and_then(|i| sentence.get(i)).map_or("", |t| t.0.as_str());
                let (before, after) = (around(at.checked_sub(1)), around(Some(at + 1)));
                let seen: Vec<Vec<u32>> = all
                    .iter()
                    .map(|c| features(token, c, before, after))
                    .collect();
                let mut score = |n: usize| {
                    learner.scores(&seen[n], &mut scores);
                    scores[0]
                };
                let weighed: Vec<f32> = (0..all.len()).map(&mut score).collect();
                let guess = (0..all.len())
                    .rev()
                    .max_by(|a, b| weighed[*a].total_cmp(&weighed[*b]))
                    .unwrap_or(0);
                let wrong = (guess != right).then_some((&seen[guess][..], 0));
                learner.learn((&seen[right], 0), wrong);
            }
        }
    }
    learner.finish(2)
}

#[cfg(test)]
mod tests {
    use super::cuts;

    #[test]
    fn a_doubled_lam_hides_an_article() {
        let all = cuts("وللحكومه");
        assert!(all.iter().any(|c| c.words == ["و", "ل", "الحكومه"]));
        assert_eq!(all[0].words, ["وللحكومه"]);
    }

    #[test]
    fn the_words_of_a_cut_rebuild_the_token_but_for_a_hidden_article() {
        for token in ["وزيارته", "سيزورها", "1,5", "ب", "", "كولومبيا"] {
            for cut in cuts(token) {
                let joined = cut.words.concat();
                assert!(joined == token || joined.contains("ال"), "{token} {joined}");
            }
        }
    }
}
