//! Cuts tokens into pieces of a unigram vocabulary: the likeliest cut, by Viterbi (Kudo 2018).

use std::collections::HashMap;

/// The sign that a blank, or nothing, stands before a piece.
const SPACE: char = '▁';
/// So many characters of a token are looked at.
const LONGEST: usize = 64;

/// A vocabulary of pieces with their log probabilities.
pub(crate) struct Pieces {
    numbers: HashMap<&'static str, usize>,
    scores: Vec<f64>,
    longest: usize,
    worst: f64,
    unknown: usize,
}

impl Pieces {
    /// Reads lines of a piece, a tab and its log probability; the number of a piece is that of its line.
    pub(crate) fn read(table: &'static str) -> Pieces {
        let mut made = Pieces {
            numbers: HashMap::new(),
            scores: Vec::new(),
            longest: 1,
            worst: 0.0,
            unknown: 0,
        };
        for line in table.lines() {
            let Some((piece, score)) = line.split_once('\t') else {
                continue;
            };
            let score = score.parse().unwrap_or(f64::MIN);
            made.longest = made.longest.max(piece.chars().count());
            made.worst = made.worst.min(score);
            made.numbers.insert(piece, made.scores.len());
            made.scores.push(score);
        }
        made.worst -= 10.0;
        made.unknown = made.numbers.get("<unk>").copied().unwrap_or(0);
        made
    }

    /// The number of a piece, or of the unknown one.
    pub(crate) fn number(&self, piece: &str) -> usize {
        self.numbers.get(piece).copied().unwrap_or(self.unknown)
    }

    /// The numbers of the pieces of a token, one at least; `begins` where a blank or nothing stands before it.
    pub(crate) fn cut(&self, token: &str, begins: bool) -> Vec<usize> {
        let seen = token.chars().filter(|c| !is_unseen(*c)).take(LONGEST);
        let word: String = begins.then_some(SPACE).into_iter().chain(seen).collect();
        let cut = self.search(&word);
        if cut.is_empty() {
            vec![self.unknown]
        } else {
            cut
        }
    }

    fn search(&self, word: &str) -> Vec<usize> {
        let mut ends: Vec<usize> = word.char_indices().map(|(i, _)| i).collect();
        ends.push(word.len());
        let count = ends.len() - 1;
        let mut best: Vec<Option<(f64, usize, usize)>> = vec![None; count + 1];
        best[0] = Some((0.0, 0, 0));
        for start in 0..count {
            let Some((so_far, ..)) = best[start] else {
                continue;
            };
            for end in start + 1..=(start + self.longest).min(count) {
                let known = self.numbers.get(&word[ends[start]..ends[end]]).copied();
                let (number, score) = match known {
                    Some(number) => (number, so_far + self.scores[number]),
                    None if end == start + 1 => (self.unknown, so_far + self.worst),
                    None => continue,
                };
                if best[end].is_none_or(|(b, ..)| score > b) {
                    best[end] = Some((score, start, number));
                }
            }
        }
        let mut found = Vec::new();
        let mut at = count;
        while let Some((_, start, number)) = best[at].filter(|_| at > 0) {
            found.push(number);
            at = start;
        }
        found.reverse();
        found
    }
}

/// Marks of Arabic vowels, the stretching line and marks of direction tell nothing and are seldom written.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    #[test]
    fn the_likeliest_cut_wins_and_unknown_letters_stand_alone() {
        let pieces = Pieces::read("<unk>\t0\n▁\t-3\n▁ab\t-4\na\t-3\nb\t-3\nab\t-5\n");
        assert_eq!(pieces.cut("ab", true), [2]);
        assert_eq!(pieces.cut("ab", false), [5]);
        assert_eq!(pieces.cut("abأ", true), [2, 0]);
        assert_eq!(pieces.cut("aـb", false), [5]);
        assert_eq!(pieces.cut("", false), [0]);
    }
}
