//! What speaks for or against a reading of a sentence, as features for the judge.
//!
//! Every feature begins with its question: `A` is this word an act here, `S` and
//! `T` is this mention its source or target, `V` is it who says so, `R` how
//! surely is it told. The last two stand in `telling.rs`.

use crate::features::{Features, bucket, few};
use crate::frames::Sides;
use crate::lexicon::Act;
use crate::mentions::{Mention, MentionKind};
use crate::scene::Scene;

pub(crate) fn word_at<'a>(scene: &'a Scene<'_>, at: Option<usize>) -> &'a str {
    at.and_then(|i| scene.tokens.get(i))
        .map_or("^", |t| t.folded.as_str())
}

fn pos_at(scene: &Scene<'_>, at: Option<usize>) -> &'static str {
    at.and_then(|i| scene.tokens.get(i))
        .map_or("^", |t| t.pos.name())
}

/// The first letters of a word, which hold its tense or clitics in Arabic.
pub(crate) fn head(word: &str, letters: usize) -> &str {
    let end = word
        .char_indices()
        .nth(letters)
        .map_or(word.len(), |(i, _)| i);
    &word[..end]
}

pub(crate) fn tail(word: &str, letters: usize) -> &str {
    let start = word
        .char_indices()
        .rev()
        .nth(letters.saturating_sub(1))
        .map_or(0, |(i, _)| i);
    &word[start..]
}

fn weight_class(weight: f32) -> &'static str {
    match weight {
        w if w < 0.1 => "w0",
        w if w < 0.25 => "w1",
        w if w < 0.4 => "w2",
        w if w < 0.55 => "w3",
        w if w < 0.7 => "w4",
        w if w < 0.85 => "w5",
        _ => "w6",
    }
}

fn found(rules: Option<&Sides>) -> &'static str {
    rules.map_or("none", |r| {
        match (r.source.is_empty(), r.target.is_empty()) {
            (false, false) => "both",
            (false, true) => "source",
            _ => "target",
        }
    })
}

/// What speaks for or against a word being an act here.
pub(crate) fn of_act(
    scene: &Scene<'_>,
    act: &Act,
    rules: Option<&Sides>,
    rivals: usize,
    named: bool,
) -> Features {
    let entry = &act.entry;
    let (kind, class) = (entry.kind.name(), entry.class.name());
    let l = scene.language.code();
    let weight = weight_class(entry.weight);
    let found = found(rules);
    let before = act.first.checked_sub(1);
    let next = scene.mentions.iter().position(|m| m.first > act.last);
    let last = scene.mentions.iter().rposition(|m| m.last < act.first);
    let word = scene.tokens[act.first].folded.as_str();
    let pos = scene.tokens[act.first].pos.name();
    let people = scene
        .mentions
        .iter()
        .filter(|m| !matches!(m.kind, MentionKind::City | MentionKind::Media))
        .count();
    let mut f = Features::new(named);
    f.add(&["A", l]);
    f.add(&["A", l, kind]);
    f.add(&["A", l, class, weight]);
    f.add(&["A", l, class, weight, found]);
    f.add(&["A", l, kind, weight]);
    f.add(&["A", l, &entry.lemma, kind]);
    f.add(&["A", l, class, found]);
    f.add(&["A", l, kind, found]);
    f.add(&["A", l, class, pos]);
    f.add(&["A", l, class, pos, weight]);
    f.add(&["A", l, "b", word_at(scene, before)]);
    f.add(&["A", l, "a", word_at(scene, Some(act.last + 1))]);
    f.add(&[
        "A",
        l,
        class,
        "bp",
        pos_at(scene, before),
        "ap",
        pos_at(scene, Some(act.last + 1)),
    ]);
    f.add(&["A", l, "n", few(people), weight]);
    f.add(&["A", l, "rivals", few(rivals), weight]);
    f.add(&["A", l, class, "head", head(word, 2)]);
    f.add(&["A", l, class, "tail", tail(word, 3)]);
    let top = scene.syntax.top(act.first, act.last);
    let own = scene.syntax.word(top);
    let head = scene.syntax.head(top).map(|h| scene.syntax.word(h));
    let head_form = head.map_or("^", |h| h.form.as_str());
    let head_pos = head.map_or("^", |h| h.pos.name());
    f.add(&["A", l, class, "deprel", own.deprel, weight]);
    f.add(&["A", l, kind, "deprel", own.deprel]);
    f.add(&["A", l, class, "tag", own.pos.name(), weight]);
    f.add(&["A", l, class, "on", head_form]);
    f.add(&["A", l, class, "on", head_pos, own.deprel]);
    for child in scene.syntax.children(top) {
        if !matches!(child.deprel, "punct" | "det") {
            f.add(&["A", l, class, "has", child.deprel]);
        }
    }
    match next {
        Some(n) => {
            let m = &scene.mentions[n];
            let gap = bucket(m.first - act.last - 1);
            f.add(&["A", l, class, "next", m.kind.name(), gap]);
            f.add(&["A", l, class, "next", scene.governor(n).unwrap_or("-"), gap]);
            f.add(&["A", l, kind, "next", m.code.sector().unwrap_or("-")]);
        }
        None => f.add(&["A", l, class, "no next"]),
    }
    match last {
        Some(n) => {
            let m = &scene.mentions[n];
            f.add(&[
                "A",
                l,
                class,
                "last",
                m.kind.name(),
                bucket(act.first - m.last - 1),
            ]);
            f.add(&["A", l, kind, "last", m.code.sector().unwrap_or("-")]);
        }
        None => f.add(&["A", l, class, "no last"]),
    }
    for (flag, name) in [
        (entry.weak, "weak"),
        (entry.mutual, "mutual"),
        (act.pronoun, "pronoun"),
        (act.passive, "passive"),
        (act.article, "article"),
    ] {
        if flag {
            f.add(&["A", l, class, name]);
            f.add(&["A", l, class, name, found]);
        }
    }
    f
}

/// Where a mention stands to an act.
pub(crate) struct Place<'a> {
    pub(crate) after: bool,
    pub(crate) order: &'static str,
    pub(crate) low: usize,
    pub(crate) high: usize,
    /// Mentions of actors between the two.
    pub(crate) others: &'static str,
    /// Verbs and other words of act between the two.
    pub(crate) acts: &'static str,
    pub(crate) path: String,
    pub(crate) short: String,
    pub(crate) near: &'static str,
    pub(crate) mention: &'a Mention,
}

impl<'a> Place<'a> {
    pub(crate) fn new(scene: &'a Scene<'_>, act: &Act, nth: usize) -> Place<'a> {
        let mention = &scene.mentions[nth];
        let after = mention.first > act.last;
        let (low, high) = if after {
            (act.last + 1, mention.first)
        } else {
            (mention.last + 1, act.first)
        };
        let between = |m: &&Mention| m.first >= low && m.last < high;
        let others = scene
            .mentions
            .iter()
            .filter(between)
            .filter(|m| m.kind != MentionKind::City)
            .count();
        let path = scene.path(low, high);
        let acts = path
            .iter()
            .filter(|c| matches!(**c, "V" | "N" | "J"))
            .count();
        let short: Vec<&str> = path.iter().copied().filter(|c| *c != "x").collect();
        let cut = |p: &[&str], most: usize| {
            if p.len() > most {
                format!(
                    "{}~{}",
                    p[..most / 2].join(""),
                    p[p.len() - most / 2..].join("")
                )
            } else {
                p.join(" ")
            }
        };
        Place {
            after,
            order: if after { "after" } else { "before" },
            low,
            high,
            others: few(others),
            acts: few(acts),
            path: cut(&path, 5),
            short: cut(&short, 4),
            near: bucket(high.saturating_sub(low)),
            mention,
        }
    }
}

/// The mentions that stand against one for the sides of an act.
struct Rivals {
    /// How many others hang nearer to the act in the tree.
    nearer: usize,
    /// Who is its subject in the tree: this one, another, or nobody.
    subject: &'static str,
    /// Who is its object in the tree.
    object: &'static str,
}

impl Rivals {
    fn new(scene: &Scene<'_>, top: usize, nth: usize) -> Rivals {
        let far = |n: usize| {
            let (up, down) = scene.syntax.lift(scene.tops[n], top);
            up + down
        };
        let hangs = |n: usize, labels: &[&str]| {
            let word = scene.tops[n];
            scene.syntax.head(word) == Some(top) && labels.contains(&scene.syntax.word(word).deprel)
        };
        let who = |labels: &[&str]| {
            if hangs(nth, labels) {
                "own"
            } else if (0..scene.mentions.len()).any(|n| hangs(n, labels)) {
                "other"
            } else {
                "none"
            }
        };
        let own = far(nth);
        Rivals {
            nearer: (0..scene.mentions.len()).filter(|&n| far(n) < own).count(),
            subject: who(&["nsubj", "nsubj:pass"]),
            object: who(&["obj", "obl", "obl:arg", "nmod"]),
        }
    }
}

/// What prepositions of both languages have in common.
fn alike(governor: &str) -> &'static str {
    match governor {
        "-" => "bare",
        "الي" | "ل" | "to" | "نحو" | "for" | "into" | "لصالح" | "towards" | "toward" => {
            "to"
        }
        "علي" | "on" | "ضد" | "against" | "بحق" | "over" | "at" | "تجاه" => "on",
        "في" | "in" | "داخل" | "inside" | "خلال" | "across" | "near" | "لدي" => "in",
        "من" | "from" | "عن" | "about" | "حول" => "from",
        "of" => "of",
        "مع" | "with" => "with",
        "بين" | "between" => "between",
        "by" | "ب" => "by",
        _ => "other",
    }
}

fn ruled(rules: Option<&Sides>, nth: usize) -> &'static str {
    match rules {
        None => "none",
        Some(r) if r.source.contains(&nth) => "source",
        Some(r) if r.target.contains(&nth) => "target",
        Some(_) => "no",
    }
}

/// What speaks for or against a mention being a side of an act: `S` its source, `T` its target.
pub(crate) fn of_side(
    scene: &Scene<'_>,
    act: &Act,
    nth: usize,
    role: &str,
    rules: Option<&Sides>,
    named: bool,
) -> Features {
    let place = Place::new(scene, act, nth);
    let m = place.mention;
    let (entry, class, kind) = (&act.entry, act.entry.class.name(), act.entry.kind.name());
    let l = scene.language.code();
    let governor = scene.governor(nth).unwrap_or("-");
    let marked = |marks: &[String]| {
        let wanted = if governor == "-" { "obj" } else { governor };
        let holds = marks.iter().any(|x| {
            x.trim_end_matches('?') == wanted || (wanted == "obj" && x.starts_with("gen"))
        });
        if holds { "fits" } else { "not" }
    };
    let (as_source, as_target) = (marked(&entry.source), marked(&entry.target));
    let ruled = ruled(rules, nth);
    let voice = match (act.passive, entry.reversed) {
        (true, _) => "passive",
        (_, true) => "reversed",
        _ => "active",
    };
    let order = place.order;
    let mkind = m.kind.name();
    let sector = m.code.sector().unwrap_or("-");
    let pos = scene.tokens[act.first].pos.name();
    let mut f = Features::new(named);
    let top = scene.syntax.top(act.first, act.last);
    let arcs = scene.syntax.path(scene.tops[nth], top);
    let (up, down) = scene.syntax.lift(scene.tops[nth], top);
    let alike = alike(governor);
    // what holds in every language, so that each learns from the other
    let mut add_common = |rest: &[&str]| {
        let mut parts: Vec<&str> = vec![role, "*", class];
        parts.extend_from_slice(rest);
        f.add(&parts);
    };
    add_common(&[]);
    let rivals = Rivals::new(scene, top, nth);
    add_common(&["rank", few(rivals.nearer), order]);
    add_common(&["rank", few(rivals.nearer), alike]);
    add_common(&["subject", rivals.subject, &arcs]);
    add_common(&["subject", rivals.subject, order, alike]);
    add_common(&["object", rivals.object, order, alike]);
    add_common(&[
        "subject",
        rivals.subject,
        "object",
        rivals.object,
        voice,
        alike,
    ]);
    if scene.speaks[nth] {
        let words = if entry.kind.is_speech() {
            "words"
        } else {
            "deed"
        };
        add_common(&["speaks", words, order]);
        add_common(&["speaks", words, &arcs]);
    }
    add_common(&["arcs", &arcs]);
    add_common(&["arcs", &arcs, alike]);
    add_common(&["arcs", &arcs, voice]);
    add_common(&["arcs", kind, &arcs]);
    add_common(&["lift", few(up), few(down), alike]);
    add_common(&["ruled", ruled]);
    add_common(&["ruled", ruled, alike]);
    add_common(&["marks", as_source, as_target]);
    add_common(&["marks", as_source, as_target, order, place.acts]);
    add_common(&[kind, order, alike]);
    add_common(&[kind, sector, alike]);
    add_common(&[kind, mkind]);
    add_common(&[mkind, alike]);
    add_common(&[order, "o", place.others, "acts", place.acts]);
    let p = [role, l, class];
    let mut add = |rest: &[&str]| {
        let mut parts: Vec<&str> = p.to_vec();
        parts.extend_from_slice(rest);
        f.add(&parts);
    };
    add(&[]);
    add(&[order, place.near]);
    add(&[order, "o", place.others]);
    add(&[order, "o", place.others, governor]);
    add(&[order, "acts", place.acts, "o", place.others]);
    add(&[order, governor]);
    add(&[order, mkind]);
    add(&[order, mkind, governor]);
    add(&["ruled", ruled]);
    add(&["ruled", ruled, order, governor]);
    add(&["ruled", ruled, order, "acts", place.acts]);
    add(&[voice, order, governor]);
    add(&[voice, order, "o", place.others, "acts", place.acts]);
    add(&[kind, order, governor]);
    add(&[kind, order, "o", place.others]);
    add(&[kind, sector]);
    add(&[kind, order, sector]);
    add(&[kind, mkind]);
    add(&["lemma", &entry.lemma, order, governor]);
    add(&["marks", as_source, as_target]);
    add(&[
        "marks",
        as_source,
        as_target,
        order,
        "o",
        place.others,
        "acts",
        place.acts,
    ]);
    add(&["sector", sector]);
    add(&["arcs", &arcs]);
    add(&["arcs", &arcs, governor]);
    add(&["arcs", &arcs, voice]);
    add(&["arcs", kind, &arcs]);
    add(&["lift", few(up), few(down), order]);
    add(&["lift", few(up), few(down), governor]);
    add(&[
        "own",
        scene.syntax.word(scene.tops[nth]).deprel,
        order,
        governor,
    ]);
    add(&["path", order, &place.path]);
    add(&["path", order, &place.path, governor]);
    add(&["short", order, &place.short]);
    add(&["short", order, &place.short, governor]);
    add(&["pos", pos, order, "o", place.others]);
    add(&["b", word_at(scene, m.first.checked_sub(1))]);
    add(&["a", word_at(scene, Some(m.last + 1))]);
    add(&[
        order,
        if nth == 0 { "first" } else { "later" },
        "o",
        place.others,
    ]);
    if m.first > 0 && scene.tokens[m.last].is_possessive {
        add(&["possessive", order, place.near]);
    }
    if act.pronoun {
        add(&["pronoun", order, "o", place.others]);
    }
    if entry.mutual {
        add(&["mutual", order, governor]);
    }
    f
}

/// What speaks for an act having no source named (`S`), or no target (`T`).
pub(crate) fn of_nobody(
    scene: &Scene<'_>,
    act: &Act,
    role: &str,
    rules: Option<&Sides>,
    named: bool,
) -> Features {
    let (entry, class, kind) = (&act.entry, act.entry.class.name(), act.entry.kind.name());
    let l = scene.language.code();
    let top = scene.syntax.top(act.first, act.last);
    let own = scene.syntax.word(top);
    let people = scene
        .mentions
        .iter()
        .filter(|m| m.kind != MentionKind::City)
        .count();
    let has = |labels: &[&str]| {
        let mut children = scene.syntax.children(top);
        if children.any(|c| labels.contains(&c.deprel)) {
            "has"
        } else {
            "lacks"
        }
    };
    let subject = has(&["nsubj", "nsubj:pass"]);
    let object = has(&["obj", "obl", "obl:arg", "nmod"]);
    let voice = if act.passive { "passive" } else { "active" };
    let marks = if entry.target.iter().any(|t| t == "-") || entry.target.is_empty() {
        "none"
    } else {
        "some"
    };
    let next = scene
        .mentions
        .iter()
        .any(|m| m.first > act.last && m.first - act.last <= 4);
    let next = if next { "near" } else { "far" };
    let mut f = Features::new(named);
    for language in ["*", l] {
        let mut add = |rest: &[&str]| {
            let mut parts = vec![role, language, "nobody"];
            parts.extend_from_slice(rest);
            f.add(&parts);
        };
        add(&[class]);
        add(&[kind]);
        add(&[class, "rules", found(rules)]);
        add(&[kind, "rules", found(rules)]);
        add(&[class, "people", few(people)]);
        add(&[class, voice, "subject", subject, "object", object]);
        add(&[class, "marks", marks]);
        add(&[class, own.deprel]);
        add(&[class, "next", next]);
        add(&["lemma", &entry.lemma]);
        if act.pronoun {
            add(&[class, "pronoun"]);
        }
    }
    f
}
