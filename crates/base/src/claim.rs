//! One thing that a text says about how political actors stand to each other.

use std::fmt;

use crate::{ActorCode, Day, DocumentId, Span};

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant),+ }
        impl $name {
            /// All of them, in the codebook's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The word for it in JSON and in the store.
            #[must_use]
            pub fn name(self) -> &'static str { match self { $($name::$variant => $text),+ } }
            /// The one of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<$name> { $name::ALL.iter().copied().find(|k| k.name() == name) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.name()) }
        }
    };
}

named! {
    /// PLOVER's sixteen types of event, and three of relation.
    Kind {
        /// Agrees, signs, promises.
        Agree = "AGREE",
        /// Meets, visits, phones, negotiates.
        Consult = "CONSULT",
        /// Praises, backs, recognises.
        Support = "SUPPORT",
        /// Yields, eases, releases.
        Concede = "CONCEDE",
        /// Works together.
        Cooperate = "COOPERATE",
        /// Gives money, arms, relief.
        Aid = "AID",
        /// Withdraws, ceases fire.
        Retreat = "RETREAT",
        /// Asks, urges, applies.
        Request = "REQUEST",
        /// Blames, condemns, investigates.
        Accuse = "ACCUSE",
        /// Refuses, vetoes.
        Reject = "REJECT",
        /// Warns of force or sanctions.
        Threaten = "THREATEN",
        /// Demonstrates, strikes.
        Protest = "PROTEST",
        /// Embargo, expulsion, cut ties.
        Sanction = "SANCTION",
        /// Deploys, tests missiles.
        Mobilize = "MOBILIZE",
        /// Arrests, seizes, presses.
        Coerce = "COERCE",
        /// Attacks, kills.
        Assault = "ASSAULT",
        /// Allies, friends, rapprochement.
        Aligned = "ALIGNED",
        /// Tension, rivalry, war.
        Estranged = "ESTRANGED",
        /// Belongs to a bloc.
        Member = "MEMBER",
    }
}

named! {
    /// PLOVER's quadrants, and the three relations.
    Quad {
        /// Cooperation in words.
        VerbalCooperation = "coop-words",
        /// Cooperation in deeds.
        MaterialCooperation = "coop-deeds",
        /// Conflict in words.
        VerbalConflict = "conf-words",
        /// Conflict in deeds.
        MaterialConflict = "conf-deeds",
        /// Close to each other.
        Friendly = "rel-plus",
        /// Apart from each other.
        Hostile = "rel-minus",
        /// One is a member of the other.
        Belonging = "rel-member",
    }
}

named! {
    /// How the text presents what it claims.
    Realis {
        /// As a fact.
        Asserted = "asserted",
        /// Seems, reportedly, may.
        Hedged = "hedged",
        /// Will, is to, agreed to.
        Planned = "planned",
        /// A stated aim.
        Intended = "intended",
        /// Negated.
        Denied = "denied",
        /// If, would, demanded but not done.
        Conditional = "conditional",
    }
}

impl Kind {
    /// Whether two sides do it together, so that it has no direction.
    #[must_use]
    pub fn is_mutual(self) -> bool {
        use Kind::{Agree, Aligned, Consult, Cooperate, Estranged};
        matches!(self, Agree | Consult | Cooperate | Aligned | Estranged)
    }

    /// Whether it is an act in words.
    #[must_use]
    pub fn is_speech(self) -> bool {
        matches!(self.quad(), Quad::VerbalCooperation | Quad::VerbalConflict)
    }

    /// The quadrant or relation that it belongs to.
    #[must_use]
    pub fn quad(self) -> Quad {
        match self {
            Kind::Agree | Kind::Consult | Kind::Support => Quad::VerbalCooperation,
            Kind::Concede | Kind::Cooperate | Kind::Aid | Kind::Retreat => {
                Quad::MaterialCooperation
            }
            Kind::Request | Kind::Accuse | Kind::Reject | Kind::Threaten => Quad::VerbalConflict,
            Kind::Protest | Kind::Sanction | Kind::Mobilize | Kind::Coerce | Kind::Assault => {
                Quad::MaterialConflict
            }
            Kind::Aligned => Quad::Friendly,
            Kind::Estranged => Quad::Hostile,
            Kind::Member => Quad::Belonging,
        }
    }

    /// +1 friendly, −1 hostile.
    #[must_use]
    pub fn sign(self) -> i8 {
        self.quad().sign()
    }

    /// How grave or how warm it is, from 0 (words) to 10 (war): the size of the Goldstein value (1992) that its
    /// root has in CAMEO, and of the nearest root for the three relations.
    #[must_use]
    pub fn severity(self) -> f32 {
        match self {
            Kind::Consult | Kind::Member => 1.0,
            Kind::Request | Kind::Accuse | Kind::Aligned | Kind::Estranged => 2.0,
            Kind::Support => 3.5,
            Kind::Reject | Kind::Concede => 4.0,
            Kind::Agree | Kind::Threaten | Kind::Cooperate => 6.0,
            Kind::Protest => 6.5,
            Kind::Aid | Kind::Retreat | Kind::Mobilize | Kind::Coerce => 7.0,
            Kind::Sanction => 8.0,
            Kind::Assault => 10.0,
        }
    }
}

impl Quad {
    /// +1 friendly, −1 hostile.
    #[must_use]
    pub fn sign(self) -> i8 {
        match self {
            Quad::VerbalConflict | Quad::MaterialConflict | Quad::Hostile => -1,
            _ => 1,
        }
    }

    /// Whether it is done rather than said.
    #[must_use]
    pub fn is_deed(self) -> bool {
        matches!(self, Quad::MaterialCooperation | Quad::MaterialConflict)
    }
}

/// An actor as named at one place of the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Side {
    /// Who it is.
    pub code: ActorCode,
    /// The words that name it.
    pub span: Span,
}

/// One link of the chain that brought a claim to us, nearest first.
/// An empty chain is the outlet's own voice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Voice {
    /// Someone the text names.
    Named(Side),
    /// A voice without a name: "sources said".
    Unnamed(Span),
}

/// How a day was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The text names the day, in these words.
    Stated(Span),
    /// The text counts from the day of publication, in these words («أمس»).
    Counted(Span),
    /// The text gives no day; the day of publication stands in for it.
    Assumed,
}

impl Basis {
    /// The word for it in JSON and in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Basis::Stated(_) => "stated",
            Basis::Counted(_) => "counted",
            Basis::Assumed => "assumed",
        }
    }

    /// The words that tell the day.
    #[must_use]
    pub fn span(self) -> Option<Span> {
        match self {
            Basis::Stated(span) | Basis::Counted(span) => Some(span),
            Basis::Assumed => None,
        }
    }
}

/// The day of an act, and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct When {
    /// The day; `None` where the words are understood as no single day.
    pub day: Option<Day>,
    /// How it was found.
    pub basis: Basis,
}

/// How sure a coder is, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence(f32);

impl Confidence {
    /// A number cut to 0…1; what is no number is 0.
    #[must_use]
    pub fn new(value: f32) -> Confidence {
        Confidence(if value.is_nan() {
            0.0
        } else {
            value.clamp(0.0, 1.0)
        })
    }

    /// The number.
    #[must_use]
    pub fn value(self) -> f32 {
        self.0
    }
}

/// The name of a claim: a hash of its document and of what it says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimId(pub String);

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a coder says of one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimParts {
    /// The words that name the act.
    pub trigger: Span,
    /// The sentence.
    pub evidence: Span,
    /// Type of event or relation.
    pub kind: Kind,
    /// Who acts, or the first side of a relation.
    pub source: Vec<Side>,
    /// Who is acted on, or the second side.
    pub target: Vec<Side>,
    /// How it is presented.
    pub realis: Realis,
    /// Who says so, nearest first.
    pub said_by: Vec<Voice>,
    /// When it was done.
    pub when: When,
    /// The place words.
    pub place: Option<Span>,
    /// The trigger of the act whose aim this is, in the same document.
    pub aim_of: Option<Span>,
    /// How sure the coder is.
    pub confidence: Confidence,
    /// The rule that made it, in words.
    pub rule: String,
}

/// One claim of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    id: ClaimId,
    document: DocumentId,
    parts: ClaimParts,
}

impl Claim {
    /// The claim of a document; `None` where it names no actor.
    #[must_use]
    pub fn new(document: &DocumentId, parts: ClaimParts) -> Option<Claim> {
        if parts.source.is_empty() && parts.target.is_empty() {
            return None;
        }
        let id = ClaimId(name(document, &parts));
        Some(Claim {
            id,
            document: document.clone(),
            parts,
        })
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> &ClaimId {
        &self.id
    }

    /// The document that makes it.
    #[must_use]
    pub fn document(&self) -> &DocumentId {
        &self.document
    }

    /// What it says.
    #[must_use]
    pub fn parts(&self) -> &ClaimParts {
        &self.parts
    }
}

/// Neither evidence nor confidence is hashed: a better coder that finds the same claim finds the same verdict.
fn name(document: &DocumentId, parts: &ClaimParts) -> String {
    let codes = |sides: &[Side]| {
        sides
            .iter()
            .map(|s| s.code.as_str())
            .collect::<Vec<_>>()
            .join(",")
    };
    let chain: Vec<&str> = parts
        .said_by
        .iter()
        .map(|v| match v {
            Voice::Named(side) => side.code.as_str(),
            Voice::Unnamed(_) => "?",
        })
        .collect();
    let day = parts.when.day.map(|d| d.to_string()).unwrap_or_default();
    let said = [
        document.0.as_str(),
        &chain.join(","),
        parts.realis.name(),
        parts.kind.name(),
        &codes(&parts.source),
        &codes(&parts.target),
        &day,
    ];
    let mut hash = blake3::Hasher::new();
    for part in said {
        hash.update(part.as_bytes());
        hash.update(&[0]);
    }
    hash.finalize().to_hex()[..32].to_string()
}
