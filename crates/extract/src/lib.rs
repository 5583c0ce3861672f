//! Claims from a document and its parse, by tables of actors and words of act, by rules, and by a
//! judge that weighs what both propose.
//!
//! The tables are plain files in `data/`. Once loaded nothing here can fail.

mod circumstances;
mod cues;
mod evidence;
mod features;
mod frames;
mod judge;
mod lexicon;
mod mentions;
mod names;
mod resolve;
mod scene;
mod speech;
mod syntax;
mod telling;
mod tokens;

use base::{
    Basis, Claim, ClaimParts, Confidence, Document, Kind, Language, Parse, Realis, Sentence, Span,
    Voice, When,
};

pub use features::Features;
pub use judge::Judge;
pub use mentions::{Memory, Mention, MentionKind};
pub use names::BadTable;

use lexicon::Act;
use scene::Scene;

/// A claim is made from this chance on.
const CLAIM_FLOOR: f32 = 0.25;

/// All tables and rules, loaded once.
pub struct Extractor {
    names: names::Names,
    lexicon: lexicon::Lexicon,
    cues: cues::Cues,
    judge: Judge,
}

impl Extractor {
    /// Loads the tables that are built in.
    #[must_use]
    pub fn load() -> Extractor {
        Extractor {
            names: names::Names::load(),
            lexicon: lexicon::Lexicon::load(),
            cues: cues::Cues::load(),
            judge: Judge::load(),
        }
    }

    /// Adds a table of the user's own names, which go before those built in.
    ///
    /// # Errors
    /// When a line of it cannot be read; nothing is added then.
    pub fn add_actors(&mut self, table: &str) -> Result<(), BadTable> {
        self.names.add_table(table)
    }

    /// Takes other weights.
    pub fn set_judge(&mut self, judge: Judge) {
        self.judge = judge;
    }

    /// The actors that a document names, in reading order.
    #[must_use]
    pub fn actors(&self, document: &Document, parse: &Parse) -> Vec<Mention> {
        let mut memory = Memory::default();
        let sentences = parse.sentences.iter();
        sentences
            .flat_map(|s| self.read(document, parse, s, &mut memory).mentions)
            .collect()
    }

    /// The claims of a document, in reading order of their triggers.
    #[must_use]
    pub fn extract(&self, document: &Document, parse: &Parse) -> Vec<Claim> {
        if document.language == Language::Other {
            return Vec::new();
        }
        let mut memory = Memory::default();
        let mut found: Vec<Claim> = Vec::new();
        for sentence in &parse.sentences {
            let read = self.read(document, parse, sentence, &mut memory);
            let own = self.claims_of(document, sentence.span, &read);
            let new = |c: &Claim| found.iter().all(|f| f.id() != c.id());
            let own: Vec<Claim> = own.into_iter().filter(new).collect();
            found.extend(own);
        }
        found
    }

    /// Every reading of every word of act with the features that the judge weighs, for training.
    #[must_use]
    pub fn candidates(&self, document: &Document, parse: &Parse) -> Vec<Candidate> {
        let mut memory = Memory::default();
        let mut found = Vec::new();
        for sentence in &parse.sentences {
            let read = self.read(document, parse, sentence, &mut memory);
            let scene = read.scene(&self.cues, document.language);
            let speeches = speech::speeches(&scene, &self.cues);
            for readings in &read.acts {
                for act in readings {
                    found.push(candidate(
                        &scene,
                        act,
                        readings.len(),
                        &speeches,
                        &self.cues,
                    ));
                }
            }
        }
        found
    }

    /// Offices, people and pronouns that tell no actor by themselves, with the features of those who
    /// may be meant, for training.
    #[must_use]
    pub fn open_mentions(&self, document: &Document, parse: &Parse) -> Vec<OpenMention> {
        let mut memory = Memory::default();
        let mut found = Vec::new();
        for sentence in &parse.sentences {
            let read = self.read_open(document, parse, sentence, &mut memory);
            let scene = read.scene(&self.cues, document.language);
            for open in resolve::open(&scene, true) {
                let owners = open.owners.into_iter();
                found.push(OpenMention {
                    span: scene.mentions[open.nth].span,
                    owners: owners
                        .map(|(n, features)| (scene.mentions[n].side(), features))
                        .collect(),
                });
            }
        }
        found
    }

    fn read<'a>(
        &self,
        document: &Document,
        parse: &'a Parse,
        sentence: &Sentence,
        memory: &mut Memory,
    ) -> Read<'a> {
        let mut read = self.read_open(document, parse, sentence, memory);
        let codes = resolve::codes(&read.scene(&self.cues, document.language), &self.judge);
        for (nth, code) in codes {
            read.mentions[nth].code = code;
        }
        read
    }

    fn read_open<'a>(
        &self,
        document: &Document,
        parse: &'a Parse,
        sentence: &Sentence,
        memory: &mut Memory,
    ) -> Read<'a> {
        let language = document.language;
        let day = document.published.map(|p| p.day);
        let tokens = tokens::read(document, parse, sentence);
        let mentions = mentions::find(&self.names, memory, &tokens, language, day);
        let mut taken = vec![false; tokens.len()];
        for mention in mentions.iter().filter(|m| !may_be_act(m)) {
            taken[mention.first..=mention.last].fill(true);
        }
        let acts = self.lexicon.acts(&tokens, &taken, language);
        Read {
            syntax: syntax::Syntax::new(parse, sentence),
            tokens,
            mentions,
            acts,
        }
    }

    fn claims_of(&self, document: &Document, evidence: Span, read: &Read<'_>) -> Vec<Claim> {
        let scene = read.scene(&self.cues, document.language);
        let speeches = speech::speeches(&scene, &self.cues);
        let weighed: Vec<Weighed<'_>> = read
            .acts
            .iter()
            .filter_map(|readings| self.weigh(&scene, readings))
            .collect();
        let times = circumstances::times(document, evidence);
        let triggers: Vec<Span> = weighed.iter().map(|w| w.act.span(scene.tokens)).collect();
        let mut found: Vec<ClaimParts> = Vec::new();
        for weighed in &weighed {
            let mut parts = self.parts(&scene, &speeches, evidence, weighed);
            parts.when = circumstances::when(document, &times, &triggers, parts.trigger);
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

    /// The likeliest reading of a word of act with its sides; `None` where it is no act here.
    fn weigh<'a>(&self, scene: &Scene<'_>, readings: &'a [Act]) -> Option<Weighed<'a>> {
        let weigh = |act: &'a Act| {
            let rules = frames::sides(scene, act);
            let evidence = evidence::of_act(scene, act, rules.as_ref(), readings.len(), false);
            let chance = self.judge.chance(&evidence);
            (chance >= CLAIM_FLOOR).then_some((act, rules, chance))
        };
        let best = readings
            .iter()
            .filter_map(weigh)
            .max_by(|a, b| a.2.total_cmp(&b.2))?;
        let (act, rules, chance) = best;
        let chosen = self.judge.sides(scene, act, rules.as_ref())?;
        let evidence = evidence::of_act(scene, act, rules.as_ref(), readings.len(), true);
        Some(Weighed {
            act,
            chosen,
            chance,
            rule: rules.map_or("no rule", |r| r.rule),
            reasons: self.judge.loudest(&evidence, 3),
        })
    }

    fn parts(
        &self,
        scene: &Scene<'_>,
        speeches: &[speech::Speech],
        evidence: Span,
        weighed: &Weighed<'_>,
    ) -> ClaimParts {
        let act = weighed.act;
        let sides = |nths: &[usize]| nths.iter().map(|&n| scene.mentions[n].side()).collect();
        let voices = self.judge.voices(scene, act, &weighed.chosen, speeches);
        let rule = self.cues.realis(scene, act.first).name();
        let realis = act.entry.realis.unwrap_or_else(|| {
            self.judge
                .realis(&telling::of_realis(scene, act, rule, false))
        });
        ClaimParts {
            trigger: act.span(scene.tokens),
            evidence,
            kind: act.entry.kind,
            realis,
            said_by: voices
                .into_iter()
                .map(|n| Voice::Named(scene.mentions[n].side()))
                .collect(),
            when: When {
                day: None,
                basis: Basis::Assumed,
            },
            place: circumstances::place(
                scene,
                act,
                &[&weighed.chosen.source[..], &weighed.chosen.target].concat(),
            ),
            aim_of: None,
            confidence: Confidence::new(weighed.chance),
            rule: format!(
                "{} {}: {} [{}]",
                act.entry.class.name(),
                act.entry.lemma,
                weighed.rule,
                weighed.reasons.join("; ")
            ),
            source: sides(&weighed.chosen.source),
            target: sides(&weighed.chosen.target),
        }
    }
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
    let codes = |sides: &[base::Side]| -> Vec<base::ActorCode> {
        sides.iter().map(|s| s.code.clone()).collect()
    };
    a.kind == b.kind && codes(&a.source) == codes(&b.source) && codes(&a.target) == codes(&b.target)
}

struct Weighed<'a> {
    act: &'a Act,
    chosen: judge::Chosen,
    chance: f32,
    rule: &'static str,
    reasons: Vec<String>,
}

struct Read<'a> {
    syntax: syntax::Syntax<'a>,
    tokens: Vec<tokens::Token>,
    mentions: Vec<Mention>,
    acts: Vec<Vec<Act>>,
}

impl Read<'_> {
    fn scene(&self, cues: &cues::Cues, language: Language) -> Scene<'_> {
        Scene::new(
            &self.tokens,
            &self.mentions,
            &self.acts,
            &self.syntax,
            cues,
            language,
        )
    }
}

/// A mention that tells no actor by itself, as the judge sees it.
pub struct OpenMention {
    /// Its words.
    pub span: Span,
    /// Those who may be meant, with what speaks for each.
    pub owners: Vec<(base::Side, Features)>,
}

/// One reading of a word of act, as the judge sees it.
pub struct Candidate {
    /// The words of act.
    pub trigger: Span,
    /// The type that the reading has.
    pub kind: Kind,
    /// What speaks for or against the act.
    pub act: Features,
    /// What tells how surely it is told.
    pub realis: Features,
    /// What speaks for its having no source named, and no target.
    pub nobody: [Features; 2],
    /// Each mention with what speaks for it.
    pub mentions: Vec<CandidateMention>,
}

/// A mention beside a word of act, as the judge sees it.
pub struct CandidateMention {
    /// Who and where.
    pub side: base::Side,
    /// What speaks for it as source.
    pub source: Features,
    /// What speaks for it as target.
    pub target: Features,
    /// What speaks for it as who says so: were it the source, the target, or neither.
    pub voice: [Features; 3],
}

/// The hash of a realis feature for one realis, as the judge looks it up.
#[must_use]
pub fn realis_hash(hash: u64, realis: Realis) -> u64 {
    judge::for_class(hash, realis)
}

fn candidate(
    scene: &Scene<'_>,
    act: &Act,
    rivals: usize,
    speeches: &[speech::Speech],
    cues: &cues::Cues,
) -> Candidate {
    let rules = frames::sides(scene, act);
    let rules = rules.as_ref();
    let side = |n, role| evidence::of_side(scene, act, n, role, rules, true);
    let mentions = (0..scene.mentions.len()).map(|n| CandidateMention {
        side: scene.mentions[n].side(),
        source: side(n, "S"),
        target: side(n, "T"),
        voice: ["source", "target", "neither"]
            .map(|as_side| telling::of_voice(scene, act, n, speeches, as_side, true)),
    });
    let rule = cues.realis(scene, act.first).name();
    Candidate {
        trigger: act.span(scene.tokens),
        kind: act.entry.kind,
        act: evidence::of_act(scene, act, rules, rivals, true),
        realis: telling::of_realis(scene, act, rule, true),
        nobody: ["S", "T"].map(|role| evidence::of_nobody(scene, act, role, rules, true)),
        mentions: mentions.collect(),
    }
}
