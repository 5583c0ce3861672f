//! The shape of an article in plain lines: which is title, byline, heading, caption, paragraph.
//!
//! The rules look at where a line stands and how it ends, not at what it is about.

use std::collections::HashSet;

use base::BlockKind;

/// Lines of at most this many words without a final stop are no paragraphs.
const SHORT_WORDS: usize = 14;
/// A byline has at most this many words.
const BYLINE_WORDS: usize = 4;
/// An opening summary has at most this many.
const LEDE_WORDS: usize = 70;

/// Words that begin a line of the page, not of the article, folded.
const BOILERPLATE: [&str; 38] = [
    "ربما يعجبك",
    "قد يعجبك",
    "اقرا ايضا",
    "اقرا المزيد",
    "اقرا ايضاً",
    "للمزيد",
    "شارك",
    "شاركها",
    "تابعوا",
    "تابعونا",
    "تابعنا",
    "اشترك",
    "حمل تطبيق",
    "جميع الحقوق",
    "حقوق النشر",
    "كلمات دلاليه",
    "الكلمات المفتاحيه",
    "مواضيع ذات صله",
    "اخبار متعلقه",
    "المزيد من",
    "انقر هنا",
    "طباعه",
    "you may also like",
    "read more",
    "read also",
    "related:",
    "share this",
    "follow us",
    "subscribe",
    "sign up",
    "all rights reserved",
    "copyright",
    "©",
    "click here",
    "tags:",
    "cookies",
    "advertisement",
    "more on this",
];
const BYLINE: [&str; 8] = [
    "بقلم",
    "كتب ",
    "كتبت ",
    "اعداد",
    "تقرير:",
    "by ",
    "reporting by",
    "written by",
];
const CAPTION: [&str; 8] = [
    "صوره",
    "(صوره",
    "الصوره",
    "photo",
    "image:",
    "file photo",
    "picture",
    "video:",
];
const CREDITS: [&str; 8] = [
    "(reuters)",
    "(afp)",
    "(ap)",
    "(epa)",
    "getty images",
    "(رويترز)",
    "(ا ف ب)",
    "(الاناضول)",
];

/// The blocks of the lines of an article, in their order; `title` where it is known from elsewhere.
pub(super) fn shape(text: &str, title: Option<&str>) -> Vec<(BlockKind, String)> {
    let lines = without_repeats(text, title);
    let mut kinds: Vec<BlockKind> = lines.iter().map(|l| first_guess(l)).collect();
    head(&lines, &mut kinds, title.is_some());
    runs(&mut kinds);
    tail(&mut kinds);
    lede(&lines, &mut kinds);
    let own = lines.into_iter().map(str::to_string);
    let title = title.map(|t| (BlockKind::Title, t.to_string()));
    title
        .into_iter()
        .chain(kinds.into_iter().zip(own))
        .collect()
}

fn squeezed(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The lines, each once: papers repeat the title and the opening, often cut short, above the text.
fn without_repeats<'a>(text: &'a str, title: Option<&str>) -> Vec<&'a str> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let mut seen: HashSet<String> = title.map(squeezed).into_iter().collect();
    let mut kept = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let own = squeezed(line);
        let later = || squeezed(&lines[nth + 1..].concat());
        let cut_short = nth < 3 && own.len() > 60 && later().contains(own.as_str());
        if (own.is_empty() || seen.insert(own)) && !cut_short {
            kept.push(*line);
        }
    }
    kept
}

fn words(line: &str) -> usize {
    line.split_whitespace().count()
}

fn stops(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '”', '»', ')', '\'']);
    line.ends_with(['.', '؟', '?', '!', '…', '؛', ':'])
}

fn first_guess(line: &str) -> BlockKind {
    let folded = crate::fold(line);
    let begins = |list: &[&str]| list.iter().any(|w| folded.starts_with(w));
    let few = words(line);
    if few <= 20 && begins(&BOILERPLATE) {
        BlockKind::Boilerplate
    } else if few <= 30 && (begins(&CAPTION) || CREDITS.iter().any(|c| folded.ends_with(c))) {
        BlockKind::Caption
    } else if few <= 8 && begins(&BYLINE) && !stops(line) {
        BlockKind::Byline
    } else if few <= SHORT_WORDS && !stops(line) {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}

/// The short lines before the first paragraph: kicker, title, byline.
fn head(lines: &[&str], kinds: &mut [BlockKind], titled: bool) {
    let end = kinds.iter().position(|k| *k == BlockKind::Paragraph);
    let end = end.unwrap_or(kinds.len().min(1));
    let has_marks = |l: &str| l.contains([':', '.', '،', ',', '؟', '?']);
    let mut titles: Vec<usize> = Vec::new();
    for nth in 0..end {
        if kinds[nth] != BlockKind::Heading {
            continue;
        }
        let named = titled || !titles.is_empty();
        if named && words(lines[nth]) <= BYLINE_WORDS && !has_marks(lines[nth]) {
            kinds[nth] = BlockKind::Byline;
        } else {
            titles.push(nth);
        }
    }
    if titled {
        return;
    }
    match titles[..] {
        [] if !kinds.is_empty() && kinds.len() > 1 && words(lines[0]) <= 30 => {
            kinds[0] = BlockKind::Title;
        }
        [] => {}
        [only] => kinds[only] = BlockKind::Title,
        [first, second, ..] => {
            (kinds[first], kinds[second]) = (BlockKind::Kicker, BlockKind::Title);
        }
    }
}

/// Of several short lines in a row the last, right above its text, is the heading; those above it
/// stand under pictures.
fn runs(kinds: &mut [BlockKind]) {
    for nth in 1..kinds.len() {
        if kinds[nth] == BlockKind::Heading && kinds[nth - 1] == BlockKind::Heading {
            kinds[nth - 1] = BlockKind::Caption;
        }
    }
}

/// Short lines after the last paragraph head nothing.
fn tail(kinds: &mut [BlockKind]) {
    let last = kinds.iter().rposition(|k| *k == BlockKind::Paragraph);
    let Some(last) = last else { return };
    for kind in &mut kinds[last + 1..] {
        if *kind == BlockKind::Heading {
            *kind = BlockKind::Boilerplate;
        }
    }
}

/// The first paragraph, where it is a short one right under the head and others follow.
fn lede(lines: &[&str], kinds: &mut [BlockKind]) {
    let paragraphs: Vec<usize> = (0..kinds.len())
        .filter(|&n| kinds[n] == BlockKind::Paragraph)
        .collect();
    if let [first, _, _, ..] = paragraphs[..]
        && words(lines[first]) <= LEDE_WORDS
    {
        kinds[first] = BlockKind::Lede;
    }
}

#[cfg(test)]
mod tests {
    use super::shape;
    use base::BlockKind::{Boilerplate, Byline, Caption, Heading, Kicker, Lede, Paragraph, Title};

    #[test]
    fn the_lines_of_an_article_are_told_apart() {
        let text = "جولة جديدة.. محادثات بين البلدين\nوزير الخارجية يصل إلى العاصمة\nسامي خليل\nوصل الوزير اليوم إلى العاصمة في زيارة رسمية.\nوقال الوزير إن المحادثات ستبدأ غدا.\nالوزير والرئيس 1\nالوزير والرئيس\nغضب في العاصمة\nوقال الرئيس إن بلاده ترحب بالزيارة.\nاقرأ أيضا";
        let kinds: Vec<_> = shape(text, None).into_iter().map(|(k, _)| k).collect();
        assert_eq!(
            kinds,
            [
                Kicker,
                Title,
                Byline,
                Lede,
                Paragraph,
                Caption,
                Caption,
                Heading,
                Paragraph,
                Boilerplate
            ]
        );
    }

    #[test]
    fn a_repeated_opening_is_read_once() {
        let text = "The minister said on Monday that talks with the neighbour would begin soon. He\nThe minister said on Monday that talks with the neighbour would begin soon.\nHe added that the border would open.";
        let blocks = shape(text, Some("Talks to begin"));
        let texts: Vec<&str> = blocks.iter().map(|(_, t)| t.as_str()).collect();
        assert_eq!(texts.len(), 3);
        assert_eq!(texts[0], "Talks to begin");
        assert!(texts[1].ends_with("soon."));
    }

    #[test]
    fn no_lines_make_no_blocks() {
        assert!(shape("", None).is_empty());
        assert_eq!(shape("One line only.", None).len(), 1);
    }
}
