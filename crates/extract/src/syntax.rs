//! The tree of a sentence as the judge asks it: how two of its words hang together.

use std::ops::Range;

use base::{Parse, Sentence, Word};

/// The tree of one sentence, by its tokens.
pub(crate) struct Syntax<'a> {
    parse: &'a Parse,
    first_token: usize,
    /// For each token of the sentence its stem: the longest of its words.
    stems: Vec<usize>,
    words: Range<usize>,
}

/// Paths are told up to this many arcs.
const LONGEST_PATH: usize = 5;

impl<'a> Syntax<'a> {
    pub(crate) fn new(parse: &'a Parse, sentence: &Sentence) -> Syntax<'a> {
        let tokens = parse.tokens_of(sentence);
        let stem = |range: &Range<u32>| {
            let words = range.start as usize..range.end as usize;
            let longest = words.clone().max_by_key(|&w| parse.words[w].form.len());
            longest.unwrap_or(words.start)
        };
        let first = tokens.first().map_or(0, |t| t.words.start as usize);
        let last = tokens.last().map_or(0, |t| t.words.end as usize);
        Syntax {
            parse,
            first_token: sentence.tokens.start as usize,
            stems: tokens.iter().map(|t| stem(&t.words)).collect(),
            words: first..last,
        }
    }

    /// The word of some tokens that the others hang on.
    pub(crate) fn top(&self, first: usize, last: usize) -> usize {
        let tokens = &self.parse.tokens[self.first_token + first..=self.first_token + last];
        let own = tokens[0].words.start as usize..tokens[tokens.len() - 1].words.end as usize;
        let outside = |&w: &usize| {
            let head = self.parse.words[w].head.map(|h| h as usize);
            head.is_none_or(|h| !own.contains(&h))
        };
        let mut tops = self.stems[first..=last].iter().copied().filter(outside);
        tops.next().unwrap_or(self.stems[first])
    }

    pub(crate) fn word(&self, at: usize) -> &'a Word {
        &self.parse.words[at]
    }

    /// The head of a word, where it has one.
    pub(crate) fn head(&self, at: usize) -> Option<usize> {
        self.parse.words[at].head.map(|h| h as usize)
    }

    fn ancestors(&self, from: usize) -> Vec<usize> {
        let mut found = vec![from];
        while let Some(head) = found.last().and_then(|&w| self.head(w)) {
            if found.len() > 60 {
                break;
            }
            found.push(head);
        }
        found
    }

    /// The words on the way from one word up to where the ways meet, and from there down to another.
    fn ways(&self, from: usize, to: usize) -> (Vec<usize>, Vec<usize>) {
        let (up, down) = (self.ancestors(from), self.ancestors(to));
        let meets = up.iter().position(|w| down.contains(w)).unwrap_or(up.len());
        let top = up.get(meets);
        let below = down.iter().position(|w| Some(w) == top);
        (
            up[..meets].to_vec(),
            down[..below.unwrap_or(down.len())].to_vec(),
        )
    }

    /// The labels from one word to another: `<` up, `>` down. `far` where the way is long.
    pub(crate) fn path(&self, from: usize, to: usize) -> String {
        let (up, down) = self.ways(from, to);
        if up.len() + down.len() > LONGEST_PATH {
            return "far".to_string();
        }
        let mut path = String::new();
        for &word in &up {
            path.push('<');
            path.push_str(self.parse.words[word].deprel);
        }
        for &word in down.iter().rev() {
            path.push('>');
            path.push_str(self.parse.words[word].deprel);
        }
        path
    }

    /// Where the ways of two words meet: at the first, the second, or above both, and how far.
    pub(crate) fn lift(&self, from: usize, to: usize) -> (usize, usize) {
        let (up, down) = self.ways(from, to);
        (up.len(), down.len())
    }

    /// The words that hang on a word.
    pub(crate) fn children(&self, of: usize) -> impl Iterator<Item = &'a Word> {
        let words = &self.parse.words[self.words.clone()];
        words.iter().filter(move |w| w.head == Some(of as u32))
    }
}
