//! The learned coder: which tokens name an act, and who stands to it as what.
//!
//! It reads a sentence and what the tables see in it once, to find its acts, and once more for each act,
//! to find its sides; `decode` makes acts of the numbers. How it is learned stands in `train/coder`.

mod decode;
mod inputs;
mod pieces;
mod tree;

use neural::{Model, Tensor};

pub(crate) use decode::{Codes, Found, Piece};
pub(crate) use inputs::{SEEN, Sentence};
pub(crate) use tree::Tree;

use crate::mentions::Mention;
use decode::{Again, Numbers};
use pieces::Pieces;

const FIRST: &[u8] = include_bytes!("../../../../data/coder/first.onnx");
const AGAIN: &[u8] = include_bytes!("../../../../data/coder/again.onnx");
const PIECES: &str = include_str!("../../../../data/coder/pieces.tsv");
const CODES: &str = include_str!("../../../../data/coder/codes.tsv");
const SETTINGS: &str = include_str!("../../../../data/coder/settings.tsv");
/// The weights of the first and of the second reading.
pub(crate) const WEIGHTS: [&[u8]; 2] = [FIRST, AGAIN];
/// So many sentences run through the model at once.
const BATCH: usize = 16;
/// A batch holds so many pieces, filling included, unless one sentence alone has more.
const BATCH_PIECES: usize = 1600;

/// Numbers that were chosen beside the weights.
pub(crate) struct Settings {
    /// The codes that the model can make without a name of the tables.
    pub(crate) roots: Vec<String>,
    /// An act is taken from this chance on.
    pub(crate) trigger_floor: f32,
    /// A side is taken from this chance on.
    pub(crate) role_floor: f32,
    /// The only side of an act is taken from this chance on.
    pub(crate) lone_floor: f32,
    /// A second code of one actor is taken from this chance on.
    pub(crate) second_floor: f32,
    /// An act is told from this raw confidence on.
    pub(crate) sure_floor: f32,
    /// What is added for a name within the words of an actor, and for the first of them.
    pub(crate) within: f32,
    pub(crate) within_first: f32,
    /// What a raw confidence is worth: rising pairs of raw and true chance, for each language.
    reliability: Vec<(String, f32, f32)>,
}

impl Settings {
    fn read(codes: &str, table: &str) -> Settings {
        let rows = || table.lines().map(|l| l.split('\t').collect::<Vec<_>>());
        let value = |name: &str| {
            let row = rows().find(|r| r[0] == name);
            row.and_then(|r| r.get(1)?.parse().ok()).unwrap_or(0.5)
        };
        let pair = |r: Vec<&str>| match r[..] {
            ["reliability", language, raw, worth] => {
                Some((language.to_string(), raw.parse().ok()?, worth.parse().ok()?))
            }
            _ => None,
        };
        Settings {
            roots: codes.lines().map(str::to_string).collect(),
            trigger_floor: value("trigger_floor"),
            role_floor: value("role_floor"),
            lone_floor: value("lone_floor"),
            second_floor: value("second_floor"),
            sure_floor: value("sure_floor"),
            within: value("within"),
            within_first: value("within_first"),
            reliability: rows().filter_map(pair).collect(),
        }
    }

    /// The share of claims of this raw confidence that are right, between the measured points.
    fn worth(&self, language: &str, raw: f32) -> f32 {
        let own = || self.reliability.iter().filter(|p| p.0 == language);
        let below = own().rfind(|p| p.1 <= raw);
        let above = own().find(|p| p.1 > raw);
        match (below, above) {
            (Some(a), Some(b)) => a.2 + (b.2 - a.2) * (raw - a.1) / (b.1 - a.1),
            (Some(only), None) | (None, Some(only)) => only.2,
            (None, None) => raw,
        }
    }
}

/// An act with the codes of all its sides.
pub(crate) struct Act {
    pub(crate) found: Found,
    /// For source, target and said by the codes of each.
    pub(crate) codes: [Vec<Codes>; 3],
}

impl Act {
    /// The chance, by the model's own word, that act, sides and codes are right.
    fn raw(&self) -> f32 {
        let sides = self.found.sides[..2].iter().flatten().map(|p| p.chance);
        let codes = self.codes[..2].iter().flatten().map(|c| c.chance);
        let all = sides.chain(codes).product::<f32>();
        self.found.trigger.chance * self.found.kind_chance * all
    }
}

/// The coder, loaded once.
pub(crate) struct Coder {
    first: Model,
    again: Model,
    pieces: Pieces,
    settings: Settings,
    pad: usize,
}

impl Coder {
    /// The coder that is built in.
    ///
    /// # Panics
    /// When the weights that are built in cannot be read.
    pub(crate) fn load() -> Coder {
        let pieces = Pieces::read(PIECES);
        Coder {
            first: built_in(FIRST),
            again: built_in(AGAIN),
            pad: pieces.number("<pad>"),
            pieces,
            settings: Settings::read(CODES, SETTINGS),
        }
    }

    pub(crate) fn pieces(&self) -> &Pieces {
        &self.pieces
    }

    /// How likely an act is right, given what was measured of acts of its raw confidence.
    pub(crate) fn confidence(&self, language: &str, act: &Act) -> f32 {
        self.settings.worth(language, act.raw())
    }

    /// The acts of some sentences, each with the names that the tables see in it.
    pub(crate) fn acts(&self, sentences: &[(Sentence, &[Mention])]) -> Vec<Vec<Act>> {
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        order.sort_by_key(|n| sentences[*n].0.length());
        let mut found: Vec<Vec<Act>> = sentences.iter().map(|_| Vec::new()).collect();
        for batch in Self::batches(&order, sentences) {
            let inputs: Vec<&Sentence> = batch.iter().map(|n| &sentences[*n].0).collect();
            let outputs = run(&self.first, inputs::batch(&inputs, self.pad));
            let acts = self.find(&inputs, &outputs);
            if acts.is_empty() {
                continue;
            }
            let again = run(&self.again, inputs::again(&inputs, &outputs[5], &acts));
            for (row, (nth, token, _)) in acts.iter().enumerate() {
                let (sentence, mentions) = &sentences[batch[*nth]];
                let numbers = Numbers::new(&outputs, *nth, sentence.tokens.len());
                let act = decode::act(&numbers, &Again::new(&again, row), &self.settings, *token);
                let coded = act.map(|found| self.with_codes(&numbers, mentions, found));
                let coded = coded.filter(|act| act.raw() >= self.settings.sure_floor);
                found[batch[*nth]].extend(coded);
            }
        }
        found
    }

    /// The acts of a batch: sentence, token and number of the type of each.
    fn find(&self, batch: &[&Sentence], outputs: &[Tensor<f32>]) -> Vec<(usize, usize, usize)> {
        let of = |(nth, sentence): (usize, &&Sentence)| {
            let numbers = Numbers::new(outputs, nth, sentence.tokens.len());
            let (act, sure) = (self.settings.trigger_floor, self.settings.sure_floor);
            let acts = numbers.acts(act, sure).into_iter();
            acts.map(move |(token, kind)| (nth, token, kind))
                .collect::<Vec<_>>()
        };
        batch.iter().enumerate().flat_map(of).collect()
    }

    /// The tokens without which an act is least likely, the weightiest first: what made the coder decide.
    pub(crate) fn reasons(&self, sentence: &Sentence, act: &Act, most: usize) -> Vec<usize> {
        let token = act.found.trigger.first;
        let others = (0..sentence.tokens.len()).filter(|t| *t != token);
        let others: Vec<usize> = others.collect();
        let mut falls: Vec<(usize, f32)> = Vec::new();
        for some in others.chunks(BATCH) {
            let blank = self.pieces.number("<unk>");
            let made: Vec<Sentence> = some.iter().map(|t| sentence.without(*t, blank)).collect();
            let made: Vec<&Sentence> = made.iter().collect();
            let outputs = run(&self.first, inputs::batch(&made, self.pad));
            for (nth, t) in some.iter().enumerate() {
                let numbers = Numbers::new(&outputs, nth, sentence.tokens.len());
                let left = decode::kind_chance(&numbers, token, act.found.kind);
                falls.push((*t, act.found.trigger.chance * act.found.kind_chance - left));
            }
        }
        falls.sort_by(|a, b| b.1.total_cmp(&a.1));
        let heavy = falls.into_iter().filter(|f| f.1 > 0.01);
        heavy.take(most).map(|f| f.0).collect()
    }

    /// Sentences in batches of nearly one length, so that little is filled up; `order` is by length.
    fn batches(order: &[usize], sentences: &[(Sentence, &[Mention])]) -> Vec<Vec<usize>> {
        let length = |n: usize| sentences[n].0.length();
        let mut batches: Vec<Vec<usize>> = Vec::new();
        for n in order {
            match batches.last_mut() {
                Some(batch)
                    if batch.len() < BATCH
                        && (batch.len() + 1) * length(*n) <= BATCH_PIECES
                        && length(*n) <= length(batch[0]) * 5 / 4 + 2 =>
                {
                    batch.push(*n);
                }
                _ => batches.push(vec![*n]),
            }
        }
        batches
    }

    fn with_codes(&self, numbers: &Numbers<'_>, mentions: &[Mention], found: Found) -> Act {
        let of = |piece: &Piece| decode::codes(numbers, &self.settings, mentions, *piece);
        Act {
            codes: std::array::from_fn(|role| found.sides[role].iter().map(of).collect()),
            found,
        }
    }
}

fn built_in(weights: &'static [u8]) -> Model {
    Model::load(weights).expect("the weights that are built in can be read")
}

fn run(model: &Model, inputs: Vec<neural::Input>) -> Vec<Tensor<f32>> {
    let outputs = model.run(inputs);
    outputs.expect("the weights that are built in fit the inputs made for them")
}

#[cfg(test)]
mod tests {
    use super::Settings;

    #[test]
    fn confidence_lies_between_measured_points() {
        let table = "role_floor\t0.4\nreliability\tar\t0.2\t0.1\nreliability\tar\t0.6\t0.5\n";
        let settings = Settings::read("RUS\nUSA", table);
        assert!((settings.worth("ar", 0.4) - 0.3).abs() < 1e-6);
        assert!((settings.worth("ar", 0.1) - 0.1).abs() < 1e-6);
        assert!((settings.worth("ar", 0.9) - 0.5).abs() < 1e-6);
        assert!((settings.worth("en", 0.9) - 0.9).abs() < 1e-6);
        assert!((settings.role_floor - 0.4).abs() < 1e-6);
        assert_eq!(settings.roots, ["RUS", "USA"]);
    }
}
