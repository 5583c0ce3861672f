//! The day of publication that a text itself tells.

use base::{Basis, Dated, Day, Language};

use super::Piece;
use super::finder::pieces;

/// How far back a day without its year is looked for.
const YEARS_BACK: i32 = 30;
/// A line of at most this many words that holds a whole date is a date line.
const DATE_LINE_WORDS: usize = 9;

/// The day of publication, with the words that tell it.
///
/// Either a line near the top that is a date («22 أغسطس 2024», "Published: 3 May 2024"), or a day that
/// the text counts from now and names as well («أمس الأربعاء 21 أغسطس»): its year is the last one, no
/// later than `latest`, in which the weekday fits. `None` where the text does not tell.
#[must_use]
pub fn publication_day(text: &str, language: Language, latest: Day) -> Option<Dated> {
    date_line(text, language, latest).or_else(|| counted(text, language, latest))
}

fn date_line(text: &str, language: Language, latest: Day) -> Option<Dated> {
    let lines = text.lines().filter(|l| !l.trim().is_empty()).take(8);
    for line in lines.filter(|l| l.split_whitespace().count() <= DATE_LINE_WORDS) {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        for piece in pieces(line, language) {
            let whole = (piece.day, piece.month, piece.year);
            let (Some(day), Some(month), Some(_)) = whole else {
                continue;
            };
            let rest = line.len() - piece.span.len_bytes();
            let Some(found) = piece.date(day, month, None).filter(|d| *d <= latest) else {
                continue;
            };
            if rest <= 30 {
                let span = base::Span::of(start + piece.span.start()..start + piece.span.end());
                return Some(Dated {
                    day: found,
                    basis: Some(Basis::Stated(span)),
                });
            }
        }
    }
    None
}

fn counted(text: &str, language: Language, latest: Day) -> Option<Dated> {
    pieces(text, language).iter().find_map(|piece| {
        let relative = piece.relative?;
        let published = day_of(piece, latest)?.plus(-relative);
        (published <= latest).then_some(Dated {
            day: published,
            basis: Some(Basis::Counted(piece.span)),
        })
    })
}

/// The day that a piece names by day and month, with its year or the weekday that tells it.
fn day_of(piece: &Piece, latest: Day) -> Option<Day> {
    let (day, month) = (piece.day?, piece.month?);
    if piece.year.is_some() || piece.hijri {
        return piece.date(day, month, None);
    }
    let weekday = piece.weekday?;
    let (year, _, _) = latest.ymd();
    let days = (0..YEARS_BACK).filter_map(|back| Day::from_ymd(year - back, month, day));
    let mut fitting = days.filter(|d| *d <= latest && d.weekday() == weekday);
    fitting.next()
}

#[cfg(test)]
mod tests {
    use super::publication_day;
    use base::Language;

    #[test]
    fn yesterday_with_its_weekday_tells_the_year() {
        let latest = "2026-11-24".parse().unwrap();
        let text = "وقال الوزير أمس الأربعاء 21 أغسطس إن الزيارة مهمة.";
        let found = publication_day(text, Language::Arabic, latest).unwrap();
        assert_eq!(found.day.to_string(), "2024-08-22");
        let span = found.basis.unwrap().span().unwrap();
        assert_eq!(&text[span.range()], "أمس الأربعاء 21 أغسطس");
    }

    #[test]
    fn a_date_line_is_the_day() {
        let latest = "2026-11-24".parse().unwrap();
        let text =
            "Talks begin\n\nPublished: 3 May 2024\n\nThe minister said on 4 June 2020 nothing.";
        let found = publication_day(text, Language::English, latest).unwrap();
        assert_eq!(found.day.to_string(), "2024-05-03");
        assert_eq!(
            publication_day("He left yesterday.", Language::English, latest),
            None
        );
    }
}
