//! Sentences as the numbers that the coder reads.

use base::{Document, Kind, Pos, Span};
use neural::{Input, Tensor};

use super::pieces::Pieces;
use super::tree::GROUPS;
use crate::Seen;
use crate::cues::Cue;
use crate::lexicon::{Act, Class};

/// More tokens of a sentence than this are not looked at.
const MOST_TOKENS: usize = 160;
/// Nor more pieces than the model has places for.
const MOST_PIECES: usize = 512;
const SECTORS: [&str; 16] = [
    "GOV", "MIL", "LEG", "JUD", "POL", "SPY", "PTY", "OPP", "REB", "CVL", "BUS", "MED", "MEDIA",
    "EDU", "NGO", "IGO",
];
const MENTION_KINDS: [&str; 8] = [
    "name",
    "capital",
    "city",
    "adjective",
    "person",
    "role",
    "media",
    "pronoun",
];
/// The types of act in the order of their names, as the coder numbers them.
pub(crate) const KINDS: [Kind; 19] = [
    Kind::Accuse,
    Kind::Agree,
    Kind::Aid,
    Kind::Aligned,
    Kind::Assault,
    Kind::Coerce,
    Kind::Concede,
    Kind::Consult,
    Kind::Cooperate,
    Kind::Estranged,
    Kind::Member,
    Kind::Mobilize,
    Kind::Protest,
    Kind::Reject,
    Kind::Request,
    Kind::Retreat,
    Kind::Sanction,
    Kind::Support,
    Kind::Threaten,
];
/// Tokens farther from an act than this are alike.
const FAR: usize = 12;
// Where each part of what the tables see of a token begins.
const SECTOR: usize = 2 * MENTION_KINDS.len();
const UNTOLD: usize = SECTOR + 1 + SECTORS.len();
const ACT: usize = UNTOLD + 1;
const ACT_KIND: usize = ACT + 2;
const ACT_MORE: usize = ACT_KIND + KINDS.len();
/// Flags of a word of act, marks of its sides, cues.
const MARK: usize = ACT_MORE + 14;
const CUE: usize = MARK + 2;
const POS: usize = CUE + 7;
const GROUP: usize = POS + Pos::ALL.len();
/// How many things the tables and the parser may see of a token.
pub(crate) const SEEN: usize = GROUP + GROUPS;

/// The sector of that number; `None` for the first, which is no sector.
pub(crate) fn sector(number: usize) -> Option<&'static str> {
    number.checked_sub(1).map(|n| SECTORS[n])
}

/// A sentence as the coder reads it.
pub(crate) struct Sentence {
    /// Its tokens, `MOST_TOKENS` of them at most.
    pub(crate) tokens: Vec<Span>,
    /// Numbers of pieces.
    pub(crate) pieces: Vec<usize>,
    /// For each piece its token.
    pub(crate) owner: Vec<usize>,
    /// For each token what the tables and the parser see of it.
    pub(crate) seen: Vec<Vec<usize>>,
    /// For each pair of tokens how they hang together in the tree, row by row.
    pub(crate) pairs: Vec<usize>,
}

impl Sentence {
    pub(crate) fn new(pieces: &Pieces, document: &Document, sight: &Seen) -> Sentence {
        let text = document.text();
        let starts = sight.tokens.iter().map(|t| t.span.start());
        let ends = starts.clone().skip(1).chain([sight.span.end()]);
        let (mut numbers, mut owner) = (Vec::new(), Vec::new());
        for (n, (start, end)) in starts.zip(ends).take(MOST_TOKENS).enumerate() {
            let before = text[sight.span.start()..start].chars().next_back();
            let begins = before.is_none_or(char::is_whitespace);
            let cut = pieces.cut(text[start..end].trim(), begins);
            if numbers.len() + cut.len() > MOST_PIECES {
                break;
            }
            owner.extend(cut.iter().map(|_| n));
            numbers.extend(cut);
        }
        let count = owner.last().map_or(0, |last| last + 1);
        let tokens = &sight.tokens[..count];
        let mut seen = seen(tokens.len(), sight);
        for (n, token) in tokens.iter().enumerate() {
            seen[n].extend([POS + token.pos as usize, GROUP + sight.tree.group(n)]);
        }
        Sentence {
            pairs: sight.tree.pairs(tokens.len()),
            tokens: tokens.iter().map(|t| t.span).collect(),
            pieces: numbers,
            owner,
            seen,
        }
    }

    /// The same sentence with nothing to see at one token.
    pub(crate) fn without(&self, token: usize, blank: usize) -> Sentence {
        let mut seen = self.seen.clone();
        seen[token].clear();
        let hidden = self.pieces.iter().zip(&self.owner);
        Sentence {
            tokens: self.tokens.clone(),
            pieces: hidden
                .map(|(piece, owner)| if *owner == token { blank } else { *piece })
                .collect(),
            owner: self.owner.clone(),
            pairs: self.pairs.clone(),
            seen,
        }
    }

    /// How many pieces it has.
    pub(crate) fn length(&self) -> usize {
        self.pieces.len()
    }
}

fn seen(count: usize, sight: &Seen) -> Vec<Vec<usize>> {
    let mut seen: Vec<Vec<usize>> = vec![Vec::new(); count];
    let at = |names: &[&str], name: &str| names.iter().position(|n| *n == name).unwrap_or(0);
    for mention in &sight.mentions {
        let kind = at(&MENTION_KINDS, mention.kind.name());
        let sector = mention.code.sector().map_or(0, |s| 1 + at(&SECTORS, s));
        let begin = mention.first;
        for (n, token) in seen
            .iter_mut()
            .take(mention.last + 1)
            .skip(begin)
            .enumerate()
        {
            let inside = if n == 0 { 0 } else { MENTION_KINDS.len() };
            token.extend([inside + kind, SECTOR + sector]);
            token.extend(mention.code.is_generic().then_some(UNTOLD));
        }
    }
    for readings in &sight.acts {
        let Some(act) = readings.first() else {
            continue;
        };
        let kinds = readings.iter().map(|r| at_kind(r.entry.kind));
        let kinds: Vec<usize> = kinds.map(|k| ACT_KIND + k).collect();
        let more = more(act);
        for (n, token) in seen
            .iter_mut()
            .take(act.last + 1)
            .skip(act.first)
            .enumerate()
        {
            token.push(ACT + usize::from(n > 0));
            token.extend(&kinds);
            token.extend(more.iter().map(|m| ACT_MORE + m));
        }
        for (nth, marks) in [&act.entry.source, &act.entry.target]
            .into_iter()
            .enumerate()
        {
            if let Some(token) = act.marker(marks, &sight.tokens).filter(|t| *t < count) {
                seen[token].push(MARK + nth);
            }
        }
    }
    for (first, last, cue) in &sight.cues {
        for token in seen.iter_mut().take(last + 1).skip(*first) {
            token.push(CUE + number_of(*cue));
        }
    }
    seen.iter_mut().for_each(|marks| {
        marks.sort_unstable();
        marks.dedup();
    });
    seen
}

/// What the likeliest reading of a word of act tells beside its type.
fn more(act: &Act) -> Vec<usize> {
    let entry = &act.entry;
    let class = match entry.class {
        Class::Verb => 0,
        Class::Noun => 1,
        Class::Adjective => 2,
        Class::Phrase => 3,
    };
    let weight = if entry.weight < 0.4 {
        4
    } else if entry.weight < 0.7 {
        5
    } else {
        6
    };
    let flags = [
        (act.passive, 7),
        (entry.mutual, 8),
        (entry.reversed, 9),
        (entry.weak, 10),
        (entry.realis.is_some(), 11),
        (act.pronoun, 12),
        (act.article, 13),
    ];
    let flags = flags.into_iter().filter(|f| f.0).map(|f| f.1);
    [class, weight].into_iter().chain(flags).collect()
}

fn number_of(cue: Cue) -> usize {
    match cue {
        Cue::Says => 0,
        Cue::Realis(realis) => 1 + realis as usize,
    }
}

fn at_kind(kind: Kind) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or(0)
}

/// A batch of sentences, filled up to the longest with a piece that means nothing.
pub(crate) fn batch(sentences: &[&Sentence], pad: usize) -> Vec<Input> {
    let b = sentences.len();
    let s = sentences.iter().map(|x| x.pieces.len()).max().unwrap_or(0);
    let t = sentences.iter().map(|x| x.tokens.len()).max().unwrap_or(0);
    let mut pieces: Tensor<i32> = Tensor::zero(&[b, s]);
    pieces.numbers.fill(number(pad));
    let mut owner: Tensor<i32> = Tensor::zero(&[b, s]);
    let mut mask: Tensor<f32> = Tensor::zero(&[b, s]);
    let mut first: Tensor<i32> = Tensor::zero(&[b, t]);
    let mut last: Tensor<i32> = Tensor::zero(&[b, t]);
    let mut seen: Tensor<f32> = Tensor::zero(&[b, t, SEEN]);
    for (n, sentence) in sentences.iter().enumerate() {
        for (at, (piece, token)) in sentence.pieces.iter().zip(&sentence.owner).enumerate() {
            pieces.numbers[n * s + at] = number(*piece);
            owner.numbers[n * s + at] = number(*token);
            mask.numbers[n * s + at] = 1.0;
            last.numbers[n * t + token] = number(at);
            if at == 0 || sentence.owner[at - 1] != *token {
                first.numbers[n * t + token] = number(at);
            }
        }
        for (token, marks) in sentence.seen.iter().enumerate() {
            for mark in marks {
                seen.numbers[(n * t + token) * SEEN + mark] = 1.0;
            }
        }
    }
    vec![
        Input::Whole("pieces", pieces),
        Input::Whole("owner", owner),
        Input::Whole("first", first),
        Input::Whole("last", last),
        Input::Real("seen", seen),
        Input::Real("mask", mask),
    ]
}

/// The inputs of the second reading: for each act (sentence of the batch, token, number of its type) what the
/// first made of its sentence, marked with the act.
pub(crate) fn again(
    sentences: &[&Sentence],
    tokens: &Tensor<f32>,
    acts: &[(usize, usize, usize)],
) -> Vec<Input> {
    let (n, t, width) = (acts.len(), tokens.shape[1], tokens.shape[2]);
    let mut read: Tensor<f32> = Tensor::zero(&[n, t, width]);
    let mut pairs: Tensor<i32> = Tensor::zero(&[n, t]);
    let mut steps: Tensor<i32> = Tensor::zero(&[n, t]);
    let mut kind: Tensor<i32> = Tensor::zero(&[n]);
    let mut here: Tensor<f32> = Tensor::zero(&[n, t]);
    let mut mask: Tensor<f32> = Tensor::zero(&[n, t]);
    for (row, (nth, act, of)) in acts.iter().enumerate() {
        let from = &tokens.numbers[nth * t * width..(nth + 1) * t * width];
        read.numbers[row * t * width..(row + 1) * t * width].copy_from_slice(from);
        let count = sentences[*nth].tokens.len();
        for token in 0..t {
            let step = (token + FAR).saturating_sub(*act).min(2 * FAR);
            steps.numbers[row * t + token] = number(step);
        }
        for token in 0..count {
            let pair = sentences[*nth].pairs[act * count + token];
            pairs.numbers[row * t + token] = number(pair);
            mask.numbers[row * t + token] = 1.0;
        }
        here.numbers[row * t + act] = 1.0;
        kind.numbers[row] = number(*of);
    }
    vec![
        Input::Real("tokens", read),
        Input::Whole("pairs", pairs),
        Input::Whole("steps", steps),
        Input::Whole("kind", kind),
        Input::Real("here", here),
        Input::Real("mask", mask),
    ]
}

fn number(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(0)
}
