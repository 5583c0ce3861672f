//! The models of one language: how its tokens are cut, tagged and hung together.

use std::io::{Read, Write};

use base::Pos;

use crate::perceptron::Scorer;
use crate::segment;
use crate::tag::{self, Form};
use crate::tree::{self, Tree};

/// All that the parser knows of one language.
pub struct Model {
    /// Cuts tokens into words; only Arabic needs it.
    pub(crate) cuts: Option<Scorer>,
    pub(crate) tags: Scorer,
    pub(crate) moves: Scorer,
    pub(crate) labels: Scorer,
}

/// A sentence of a treebank.
pub struct TrainingSentence {
    /// Each token with its words, folded.
    pub tokens: Vec<(String, Vec<String>)>,
    /// Its words as they are tagged.
    pub forms: Vec<Form>,
    /// Their parts of speech.
    pub tags: Vec<Pos>,
    /// Their heads and labels.
    pub tree: Tree,
}

impl Model {
    /// Learns from a treebank, in its order; `cuts` where tokens hold several words.
    #[must_use]
    pub fn learn(sentences: &[TrainingSentence], cuts: bool, epochs: usize) -> Model {
        let tokens: Vec<_> = sentences.iter().map(|s| s.tokens.clone()).collect();
        let tagged: Vec<_> = sentences
            .iter()
            .map(|s| (s.forms.clone(), s.tags.clone()))
            .collect();
        let tags = tag::learn(&tagged, epochs);
        let trees: Vec<_> = sentences
            .iter()
            .map(|s| (s.forms.clone(), s.tags.clone(), s.tree.clone()))
            .collect();
        let (moves, labels) = tree::learn(&trees, epochs);
        Model {
            cuts: cuts.then(|| segment::learn(&tokens, epochs)),
            tags,
            moves,
            labels,
        }
    }

    /// The model as bytes.
    ///
    /// # Errors
    /// Never on memory; the writer's own otherwise.
    pub fn write(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = vec![u8::from(self.cuts.is_some())];
        let parts = [Some(&self.tags), Some(&self.moves), Some(&self.labels)];
        for scorer in self.cuts.iter().chain(parts.into_iter().flatten()) {
            scorer.write(&mut bytes);
        }
        let level = flate2::Compression::best();
        let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), level);
        packed.write_all(&bytes)?;
        packed.finish()
    }

    /// Reads what [`Model::write`] wrote; `None` for anything else.
    #[must_use]
    pub fn read(packed: &[u8]) -> Option<Model> {
        let mut bytes = Vec::new();
        let mut unpacker = flate2::read::DeflateDecoder::new(packed);
        unpacker.read_to_end(&mut bytes).ok()?;
        let (has_cuts, mut rest) = bytes.split_first()?;
        let cuts = if *has_cuts == 1 {
            Some(Scorer::read(&mut rest)?)
        } else {
            None
        };
        Some(Model {
            cuts,
            tags: Scorer::read(&mut rest)?,
            moves: Scorer::read(&mut rest)?,
            labels: Scorer::read(&mut rest)?,
        })
    }

    /// The tags and tree of some words.
    #[must_use]
    pub fn draw(&self, forms: &[Form]) -> (Vec<Pos>, Tree) {
        let tags = tag::tag(&self.tags, forms);
        let tree = tree::parse(&self.moves, &self.labels, forms, &tags);
        (tags, tree)
    }
}

/// The words that each folded token holds.
#[must_use]
pub fn words(model: Option<&Model>, tokens: &[String]) -> Vec<Vec<String>> {
    if let Some(cuts) = model.and_then(|m| m.cuts.as_ref()) {
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let cut = segment::segment(cuts, &tokens);
        return cut.into_iter().map(|c| c.words).collect();
    }
    tokens.iter().map(|t| english_words(t)).collect()
}

/// "don't" holds "do" and "n't", "Russia's" holds "russia" and "'s".
fn english_words(token: &str) -> Vec<String> {
    for tail in ["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"] {
        if let Some(stem) = token.strip_suffix(tail).filter(|s| !s.is_empty()) {
            return vec![stem.to_string(), tail.to_string()];
        }
    }
    vec![token.to_string()]
}
