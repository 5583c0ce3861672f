//! Expressions of time in Arabic and English, and the days that they mean.
//!
//! What counts from the day of publication has no meaning without it: there is
//! no silent fallback. Bare weekdays mean the last such day up to publication.

mod finder;
mod hijri;
mod publication;
mod words;

use base::{Day, Language, Period, Span};

pub use publication::publication_day;

use finder::pieces;
use words::Way;

/// A piece of text that tells a time, and the days it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeWords {
    /// Its words, as bytes of the text.
    pub span: Span,
    /// What they mean, where that can be told.
    pub meaning: Option<Meaning>,
}

/// The days that some words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// First and last day.
    pub period: Period,
    /// Whether they count from the day of publication («أمس») rather than name a day.
    pub counted: bool,
}

/// Finds every expression of time of a text, in reading order, never overlapping.
#[must_use]
pub fn find(text: &str, language: Language, published: Option<Day>) -> Vec<TimeWords> {
    let pieces = pieces(text, language);
    pieces
        .iter()
        .map(|p| TimeWords {
            span: p.span,
            meaning: p.meaning(published),
        })
        .collect()
}

/// What an expression says, before it is resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Piece {
    span: Span,
    first: usize,
    last: usize,
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
    hijri: bool,
    weekday: Option<u32>,
    relative: Option<i32>,
    way: Option<Way>,
    /// Days in a unit, and how many of them.
    unit: Option<(i32, i32)>,
}

impl Piece {
    fn take_in(&mut self, other: &Piece) {
        self.last = other.last;
        self.span = self.span.join(other.span);
        self.day = self.day.or(other.day);
        self.month = self.month.or(other.month);
        self.year = self.year.or(other.year);
        self.weekday = self.weekday.or(other.weekday);
        self.relative = self.relative.or(other.relative);
        self.way = self.way.or(other.way);
        self.hijri |= other.hijri;
    }

    fn is_nothing(&self) -> bool {
        self.day.or(self.month).or(self.weekday).is_none()
            && self.year.is_none()
            && self.relative.is_none()
            && self.unit.is_none()
    }

    /// The days that are meant; those that count from publication only where that is known.
    fn meaning(&self, published: Option<Day>) -> Option<Meaning> {
        let of = |first: Day, last: Day, counted: bool| {
            Some(Meaning {
                period: Period::new(first, last)?,
                counted,
            })
        };
        if let (Some(day), Some(month)) = (self.day, self.month) {
            let found = self.date(day, month, published)?;
            return of(found, found, self.year.is_none());
        }
        if let Some(days) = self.relative {
            let day = published?.plus(days);
            return of(day, day, true);
        }
        if let Some(weekday) = self.weekday {
            let day = on_weekday(published?, weekday, self.way);
            return of(day, day, true);
        }
        if let Some(month) = self.month.filter(|_| !self.hijri) {
            let year = match self.year {
                Some(year) => year,
                None => nearest_year(published?, month, 15, self.way)?,
            };
            let (next_year, next) = if month == 12 {
                (year + 1, 1)
            } else {
                (year, month + 1)
            };
            return of(
                Day::from_ymd(year, month, 1)?,
                Day::from_ymd(next_year, next, 1)?.plus(-1),
                self.year.is_none(),
            );
        }
        if let Some(year) = self.year {
            return of(
                Day::from_ymd(year, 1, 1)?,
                Day::from_ymd(year, 12, 31)?,
                false,
            );
        }
        let ((days, count), today) = (self.unit?, published?);
        let length = days.saturating_mul(count).clamp(0, 400_000);
        let (first, last) = match self.way {
            Some(Way::Next) => (today.plus(1), today.plus(length)),
            Some(Way::Now) => (today.plus(1 - days.max(1)), today),
            _ => (today.plus(-length), today),
        };
        of(first, last, true)
    }

    fn date(&self, day: u32, month: u32, published: Option<Day>) -> Option<Day> {
        if self.hijri {
            return hijri::day(self.year?, month, day);
        }
        match self.year {
            Some(year) => Day::from_ymd(year, month, day),
            None => {
                let year = nearest_year(published?, month, day, self.way)?;
                Day::from_ymd(year, month, day)
            }
        }
    }
}

/// The year in which a day of a month lies nearest to publication, on the side that the words tell.
fn nearest_year(published: Day, month: u32, day: u32, way: Option<Way>) -> Option<i32> {
    let (year, _, _) = published.ymd();
    let fits = |d: &Day| match way {
        Some(Way::Past) => *d <= published,
        Some(Way::Next) => *d >= published,
        _ => true,
    };
    let days = (year - 1..=year + 1).filter_map(|y| Day::from_ymd(y, month, day));
    let best = days
        .filter(fits)
        .min_by_key(|d| d.number().abs_diff(published.number()));
    best.map(|d| d.ymd().0)
}

fn on_weekday(published: Day, weekday: u32, way: Option<Way>) -> Day {
    let back = (published.weekday() + 7 - weekday) % 7;
    match way {
        Some(Way::Next) => published.plus(if back == 0 { 7 } else { 7 - back as i32 }),
        Some(Way::Past) if back == 0 => published.plus(-7),
        _ => published.plus(-(back as i32)),
    }
}

#[cfg(test)]
mod tests {
    use super::find;
    use base::{Day, Language};

    fn read(text: &str) -> Vec<(String, Option<String>)> {
        let language = crate::language(text);
        let published: Day = "2024-08-22".parse().unwrap();
        let found = find(text, language, Some(published));
        let days = |p: base::Period| {
            if p.first() == p.last() {
                p.first().to_string()
            } else {
                format!("{}..{}", p.first(), p.last())
            }
        };
        found
            .into_iter()
            .map(|t| {
                (
                    text[t.span.range()].to_string(),
                    t.meaning.map(|m| days(m.period)),
                )
            })
            .collect()
    }

    #[test]
    fn days_are_counted_from_publication() {
        for (text, words, day) in [
            (
                "قال الوزير أمس الأربعاء 21 أغسطس إن الوفد وصل",
                "أمس الأربعاء 21 أغسطس",
                "2024-08-21",
            ),
            (
                "وصل الوفد يوم الثلاثاء الماضي إلى باكو",
                "يوم الثلاثاء الماضي",
                "2024-08-20",
            ),
            ("يصل الوفد الأحد المقبل", "الأحد المقبل", "2024-08-25"),
            ("في 3 آب/أغسطس 2019 وقعت", "3 آب/أغسطس 2019", "2019-08-03"),
            (
                "The envoy arrived on Monday in Baku",
                "Monday",
                "2024-08-19",
            ),
            (
                "It was signed on August 21, 2019 there",
                "August 21, 2019",
                "2019-08-21",
            ),
            (
                "He left two days ago",
                "two days ago",
                "2024-08-20..2024-08-22",
            ),
            ("في ٢١/٨/٢٠٢٤ وصل الوفد", "٢١/٨/٢٠٢٤", "2024-08-21"),
            (
                "وقع الاتفاق عام 2011 بين البلدين",
                "عام 2011",
                "2011-01-01..2011-12-31",
            ),
            (
                "منذ عامين والحرب مستمرة",
                "منذ عامين",
                "2022-08-23..2024-08-22",
            ),
        ] {
            let found = read(text);
            assert_eq!(
                found,
                [(words.to_string(), Some(day.to_string()))],
                "{text}"
            );
        }
    }

    #[test]
    fn words_that_only_look_like_months_are_none() {
        assert!(read("Protesters may march on the palace").is_empty());
        assert!(read("They met at 10 and left").is_empty());
    }

    #[test]
    fn what_counts_from_publication_means_nothing_without_it() {
        let found = find("The envoy left yesterday", Language::English, None);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].meaning, None);
    }
}
