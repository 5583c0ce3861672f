//! Claims from a document and its parse, by tables of actors and words of act, and by a learned coder
//! that reads the words and what the tables see in them.
//!
//! The tables are plain files in `data/`. Once loaded nothing here can fail.

mod circumstances;
mod coder;
mod cues;
mod lexicon;
mod mentions;
mod names;
mod tokens;

use base::{
    ActorCode, Claim, ClaimParts, Confidence, Document, Language, Parse, Sentence, Side, Span,
    Voice,
};

pub use mentions::{Memory, Mention, MentionKind};
pub use names::BadTable;

use coder::Coder;
use lexicon::Act;

/// All tables and the coder, loaded once.
pub struct Extractor {
    names: names::Names,
    lexicon: lexicon::Lexicon,
    cues: cues::Cues,
    coder: Coder,
}

impl Extractor {
    /// Loads the tables and weights that are built in.
    #[must_use]
    pub fn load() -> Extractor {
        Extractor {
            names: names::Names::load(),
            lexicon: lexicon::Lexicon::load(),
            cues: cues::Cues::load(),
            coder: Coder::load(),
        }
    }

    /// The weights that are built in, by whose hash a coder is named.
    #[must_use]
    pub fn weights() -> [&'static [u8]; 2] {
        coder::WEIGHTS
    }

    /// Adds a table of the user's own names, which go before those built in.
    ///
    /// # Errors
    /// When a line of it cannot be read; nothing is added then.
    pub fn add_actors(&mut self, table: &str) -> Result<(), BadTable> {
        self.names.add_table(table)
    }

    /// The actors that a document names, in reading order, as the tables alone tell them.
    #[must_use]
    pub fn actors(&self, document: &Document, parse: &Parse) -> Vec<Mention> {
        let seen = self.look(document, parse).into_iter();
        seen.flat_map(|s| s.mentions).collect()
    }

    /// The claims of a document, in reading order of their triggers.
    #[must_use]
    pub fn extract(&self, document: &Document, parse: &Parse) -> Vec<Claim> {
        let mut found: Vec<Claim> = Vec::new();
        for claim in self.code(document, parse, &|_, _| Vec::new()) {
            if found.iter().all(|f| f.id() != claim.id()) {
                found.push(claim);
            }
        }
        found
    }

    /// The same claims; the rule of each names the words that made the coder decide too, which costs as
    /// many runs of the coder as the sentence has words.
    #[must_use]
    pub fn explain(&self, document: &Document, parse: &Parse) -> Vec<Claim> {
        let reasons = |sentence: &coder::Sentence, act: &coder::Act| {
            let tokens = self.coder.reasons(sentence, act, REASONS).into_iter();
            tokens.map(|t| sentence.tokens[t]).collect()
        };
        self.code(document, parse, &reasons)
    }

    /// What the coder reads of each sentence of a document, for training.
    #[must_use]
    pub fn sights(&self, document: &Document, parse: &Parse) -> Vec<Sight> {
        let sight = |seen: Seen| {
            let read = coder::Sentence::new(self.coder.pieces(), document, &seen);
            Sight {
                tokens: read.tokens,
                mentions: seen.mentions,
                pieces: read.pieces,
                owner: read.owner,
                seen: read.seen,
                width: coder::SEEN,
                pairs: read.pairs,
            }
        };
        self.look(document, parse).into_iter().map(sight).collect()
    }

    fn look(&self, document: &Document, parse: &Parse) -> Vec<Seen> {
        let mut memory = Memory::default();
        let sentences = parse.sentences.iter();
        sentences
            .map(|s| self.look_at(document, parse, s, &mut memory))
            .collect()
    }

    fn look_at(
        &self,
        document: &Document,
        parse: &Parse,
        sentence: &Sentence,
        memory: &mut Memory,
    ) -> Seen {
        let language = document.language;
        let day = document.published.map(|p| p.day);
        let tokens = tokens::read(document, parse, sentence);
        let mentions = mentions::find(&self.names, memory, &tokens, language, day);
        let mut taken = vec![false; tokens.len()];
        for mention in mentions.iter().filter(|m| !may_be_act(m)) {
            taken[mention.first..=mention.last].fill(true);
        }
        let acts = self.lexicon.acts(&tokens, &taken, language);
        Seen {
            tree: coder::Tree::new(parse, sentence),
            cues: self.cues.find(&tokens, language),
            span: sentence.span,
            tokens,
            mentions,
            acts,
        }
    }

    fn code(&self, document: &Document, parse: &Parse, reasons: &Reasons<'_>) -> Vec<Claim> {
        if document.language == Language::Other {
            return Vec::new();
        }
        let mut seen = self.look(document, parse);
        // where the tables see no actor at all there is hardly ever a claim
        seen.retain(|s| !s.mentions.is_empty());
        let read = |s: &Seen| coder::Sentence::new(self.coder.pieces(), document, s);
        let sentences: Vec<(coder::Sentence, &[Mention])> =
            seen.iter().map(|s| (read(s), &s.mentions[..])).collect();
        let acts = self.coder.acts(&sentences);
        let mut claims = Vec::new();
        for ((seen, (sentence, _)), acts) in seen.iter().zip(&sentences).zip(&acts) {
            let own = self.claims_of(document, seen, sentence, acts, reasons);
            claims.extend(own);
        }
        claims
    }

    fn claims_of(
        &self,
        document: &Document,
        seen: &Seen,
        sentence: &coder::Sentence,
        acts: &[coder::Act],
        reasons: &Reasons<'_>,
    ) -> Vec<Claim> {
        let times = circumstances::times(document, seen.span);
        let mut found: Vec<ClaimParts> = Vec::new();
        for act in acts {
            let mut parts = self.parts(document, seen, act, &times);
            let reasons = reasons(sentence, act).into_iter();
            let reasons: Vec<&str> = reasons.map(|span| document.slice(span)).collect();
            if !reasons.is_empty() {
                parts.rule = format!("{}; because of {}", parts.rule, reasons.join(" … "));
            }
            if !found.iter().any(|c| says_the_same(c, &parts)) {
                found.push(parts);
            }
        }
        circumstances::aims(&mut found);
        let claims = found.into_iter();
        claims
            .filter_map(|parts| Claim::new(document.id(), parts))
            .collect()
    }

    /// An actor with each code that its words stand for.
    fn side(&self, span: Span, codes: &coder::Codes) -> Vec<Side> {
        let code = |root: &String| -> Option<ActorCode> {
            let bare: ActorCode = root.parse().ok()?;
            let sector = codes.sector.filter(|_| self.names.takes_sector(root));
            Some(sector.map_or(bare.clone(), |s| bare.with_sector(s)))
        };
        let codes = codes.roots.iter().filter_map(code);
        codes.map(|code| Side { code, span }).collect()
    }

    fn parts(
        &self,
        document: &Document,
        seen: &Seen,
        act: &coder::Act,
        times: &[text::time::TimeWords],
    ) -> ClaimParts {
        let found = &act.found;
        let span = |p: &coder::Piece| seen.tokens[p.first].span.join(seen.tokens[p.last].span);
        let sides = |role: usize| -> Vec<Side> {
            let pairs = found.sides[role].iter().zip(&act.codes[role]);
            pairs
                .flat_map(|(p, codes)| self.side(span(p), codes))
                .collect()
        };
        ClaimParts {
            trigger: span(&found.trigger),
            evidence: seen.span,
            kind: found.kind,
            source: sides(0),
            target: sides(1),
            realis: found.realis,
            said_by: sides(2).into_iter().map(Voice::Named).collect(),
            when: circumstances::when(document, times, found.sides[3].first().map(span)),
            place: found.sides[4].first().map(span),
            aim_of: None,
            confidence: Confidence::new(self.coder.confidence(document.language.code(), act)),
            rule: rule(document, seen, act),
        }
    }
}

/// The tokens that made the coder take an act.
type Reasons<'a> = dyn Fn(&coder::Sentence, &coder::Act) -> Vec<Span> + 'a;
/// So many words are named that made the coder decide.
const REASONS: usize = 3;

/// What made a claim, in words: the entry of the lexicon at its trigger, and where each code comes from.
fn rule(document: &Document, seen: &Seen, act: &coder::Act) -> String {
    let trigger = act.found.trigger.first;
    let mut readings = seen.acts.iter().filter(|r| {
        let first = r.first();
        first.is_some_and(|a| (a.first..=a.last).contains(&trigger))
    });
    let entry = readings.next().and_then(|readings| {
        let same = |a: &&Act| a.entry.kind == act.found.kind;
        readings.iter().find(same).or(readings.first())
    });
    let mut words = match entry {
        Some(a) if a.entry.kind == act.found.kind => {
            format!("coder, lexicon {} {}", a.entry.class.name(), a.entry.lemma)
        }
        Some(a) => format!("coder against lexicon {}", a.entry.kind),
        None => "coder alone".to_string(),
    };
    for codes in act.codes[..2].iter().flatten() {
        let from = codes.from.map(|n| document.slice(seen.mentions[n].span));
        let root = codes.roots.first().map_or("", String::as_str);
        words += &match from {
            Some(name) => format!("; {root} from «{name}»"),
            None => format!("; {root} by the coder"),
        };
    }
    words
}

/// Whether the words of a mention may be a word of act all the same: «أسرى» names people and an act.
fn may_be_act(mention: &Mention) -> bool {
    let is_lone_kind = mention.kind == MentionKind::Role
        && mention.first == mention.last
        && mention.code.is_generic();
    mention.kind == MentionKind::Adjective || is_lone_kind
}

/// Whether two claims of one sentence tell one act of the same sides.
fn says_the_same(a: &ClaimParts, b: &ClaimParts) -> bool {
    let codes =
        |sides: &[Side]| -> Vec<ActorCode> { sides.iter().map(|s| s.code.clone()).collect() };
    a.kind == b.kind && codes(&a.source) == codes(&b.source) && codes(&a.target) == codes(&b.target)
}

/// A sentence as the tables and the parser see it.
struct Seen {
    span: Span,
    tokens: Vec<tokens::Token>,
    mentions: Vec<Mention>,
    acts: Vec<Vec<Act>>,
    /// Cues with their first and last tokens.
    cues: Vec<(usize, usize, cues::Cue)>,
    tree: coder::Tree,
}

/// What the coder reads of a sentence, for training.
pub struct Sight {
    /// Its tokens.
    pub tokens: Vec<Span>,
    /// Names of the tables.
    pub mentions: Vec<Mention>,
    /// Numbers of pieces.
    pub pieces: Vec<usize>,
    /// For each piece its token.
    pub owner: Vec<usize>,
    /// For each token what the tables and the parser see of it, as numbers below `width`.
    pub seen: Vec<Vec<usize>>,
    /// How many things may be seen.
    pub width: usize,
    /// For each pair of tokens how they hang together, row by row.
    pub pairs: Vec<usize>,
}
