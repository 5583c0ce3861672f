//! How the tokens of a sentence hang together in its tree.

use base::{Parse, Sentence};

/// Labels of arcs are looked at in so many groups.
pub(crate) const GROUPS: usize = 10;
/// Steps up and down a tree beyond this are alike.
const FAR: usize = 3;

/// For each token the token it hangs on, and by which group of labels.
pub(crate) struct Tree {
    heads: Vec<Option<usize>>,
    groups: Vec<usize>,
}

impl Tree {
    /// The tree of a sentence, by the word of each token that hangs on another token.
    pub(crate) fn new(parse: &Parse, sentence: &Sentence) -> Tree {
        let begin = sentence.tokens.start;
        let tokens = parse.tokens_of(sentence).iter().enumerate();
        let top = |(n, token): (usize, &base::Token)| {
            let head = |w: &base::Word| {
                let head = w.head?;
                let token = parse.words[head as usize].token.checked_sub(begin)?;
                Some(token as usize)
            };
            let words = parse.words_of(token);
            let is_top = |w: &&base::Word| head(w) != Some(n);
            let word = words.iter().rev().find(is_top).or(words.last());
            (word.and_then(head), word.map_or(9, |w| group(w.deprel)))
        };
        let (heads, groups) = tokens.map(top).unzip();
        Tree { heads, groups }
    }

    /// The group of the arc of a token.
    pub(crate) fn group(&self, token: usize) -> usize {
        self.groups[token]
    }

    /// For each pair of the first `count` tokens, row by row, a number from 1 that tells the way from the
    /// one to the other: steps up, steps down, and the arc of the other.
    pub(crate) fn pairs(&self, count: usize) -> Vec<usize> {
        let ways: Vec<Vec<usize>> = (0..count).map(|n| self.way_up(n)).collect();
        let pair = |from: usize, to: usize| {
            let meet = ways[from].iter().enumerate();
            let mut met =
                meet.filter_map(|(up, t)| Some((up, ways[to].iter().position(|x| x == t)?)));
            let (up, down) = met.next().unwrap_or((FAR, FAR));
            1 + (up.min(FAR) * (FAR + 1) + down.min(FAR)) * GROUPS + self.groups[to]
        };
        let all = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
        all.map(|(from, to)| pair(from, to)).collect()
    }

    fn way_up(&self, token: usize) -> Vec<usize> {
        let mut way = vec![token];
        while let Some(head) = self.heads[way[way.len() - 1]]
            && way.len() <= 12
        {
            way.push(head);
        }
        way
    }
}

fn group(deprel: &str) -> usize {
    match deprel.split(':').next().unwrap_or(deprel) {
        "nsubj" | "csubj" => 0,
        "obj" | "iobj" => 1,
        "obl" => 2,
        "nmod" => 3,
        "amod" | "det" | "nummod" => 4,
        "conj" => 5,
        "appos" | "flat" | "compound" | "fixed" => 6,
        "acl" | "advcl" => 7,
        "ccomp" | "xcomp" | "parataxis" | "root" => 8,
        _ => 9,
    }
}
