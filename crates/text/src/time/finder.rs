//! Finds the expressions of time of a text, unresolved.

use base::{Language, Span};

use super::Piece;
use super::words::{self, Way};

struct Token {
    folded: String,
    span: Span,
}

fn tokens(text: &str) -> Vec<Token> {
    let of = |range: std::ops::Range<usize>| Token {
        folded: crate::fold(&text[range.clone()]),
        span: Span::of(range),
    };
    crate::tokens(text).into_iter().map(of).collect()
}

pub(super) fn pieces(text: &str, language: Language) -> Vec<Piece> {
    let tokens = tokens(text);
    let finder = Finder {
        tokens: &tokens,
        language,
    };
    let mut found: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match finder.at(at) {
            Some(piece) => {
                at = piece.last + 1;
                match found.last_mut() {
                    Some(last) if finder.joins(last, &piece) => last.take_in(&piece),
                    _ => found.push(piece),
                }
            }
            None => at += 1,
        }
    }
    found.retain(|p| !p.is_nothing());
    found
}

struct Finder<'a> {
    tokens: &'a [Token],
    language: Language,
}

impl Finder<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.folded.as_str())
    }

    /// A word without the Arabic joints before it.
    fn bare(&self, at: usize) -> &str {
        let word = self.word(at);
        if self.language != Language::Arabic {
            return word;
        }
        let known = |w: &str| {
            words::month(self.language, w).is_some()
                || words::weekday(self.language, w).is_some()
                || words::relative(w).is_some()
        };
        let cut = |w: &'_ str| -> Option<usize> {
            let joints = ["و", "ف", "ب", "ل", "ك", "وب"];
            joints
                .iter()
                .find_map(|j| w.strip_prefix(j).filter(|r| known(r)).map(|_| j.len()))
        };
        if known(word) {
            word
        } else {
            cut(word).map_or(word, |n| &word[n..])
        }
    }

    /// A look-up that may take two or three words: what is found and the last word of it.
    fn phrase<T>(&self, at: usize, look: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
        for length in (2..=3).rev() {
            if at + length > self.tokens.len() {
                continue;
            }
            let rest = (at + 1..at + length).map(|n| self.word(n));
            let joined = std::iter::once(self.bare(at))
                .chain(rest)
                .collect::<Vec<_>>()
                .join(" ");
            if let Some(found) = look(&joined) {
                return Some((found, at + length - 1));
            }
        }
        look(self.bare(at)).map(|found| (found, at))
    }

    fn at(&self, at: usize) -> Option<Piece> {
        let found = self
            .numeric(at)
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_first(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.year(at))
            .or_else(|| self.unit(at))?;
        Some(self.spanned(found))
    }

    fn spanned(&self, mut piece: Piece) -> Piece {
        let first = self.tokens[piece.first].span;
        let whole = self.word(piece.first).len();
        let bare = self.bare(piece.first).len();
        let cut = if piece.first == piece.last || whole == bare {
            0
        } else {
            whole - bare
        };
        let start = first.start() + if cut < first.len_bytes() { cut } else { 0 };
        piece.span = Span::of(start..self.tokens[piece.last].span.end());
        piece
    }

    fn small_number(&self, at: usize, most: u32) -> Option<u32> {
        let digits = self
            .word(at)
            .trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        digits.parse().ok().filter(|n| (1..=most).contains(n))
    }

    fn four_digits(&self, at: usize) -> Option<i32> {
        let word = self.word(at);
        (word.len() == 4)
            .then(|| word.parse().ok())?
            .filter(|y| (1300..=2100).contains(y))
    }

    /// 21/8/2024, 2024-08-21. In English, 3/4/2024 could be two days and means none.
    fn numeric(&self, at: usize) -> Option<Piece> {
        let mark = self.word(at + 1);
        if !matches!(mark, "/" | "-" | "." | "‏/") || self.word(at + 3) != mark {
            return None;
        }
        let number = |n: usize| self.word(at + n).parse::<u32>().ok();
        let (a, b, c) = (number(0)?, number(2)?, number(4)?);
        let (year, month, day) = match (a, b, c) {
            (1900..=2100, 1..=12, 1..=31) => (a, b, c),
            (13..=31, 1..=12, 1900..=2100) => (c, b, a),
            (1..=12, 13..=31, 1900..=2100) => (c, a, b),
            (1..=12, 1..=12, 1900..=2100) if self.language == Language::Arabic || a == b => {
                (c, b, a)
            }
            _ => return None,
        };
        Some(Piece {
            first: at,
            last: at + 4,
            day: Some(day),
            month: Some(month),
            year: Some(year as i32),
            ..Piece::default()
        })
    }

    /// 21 أغسطس/آب 2024, 21 August 2024.
    fn day_month(&self, at: usize) -> Option<Piece> {
        let day = self.small_number(at, 31)?;
        let mut from = at + 1;
        if matches!(self.word(from), "من" | "of" | "شهر") {
            from += 1;
        }
        let hijri = self.phrase(from, words::hijri_month);
        let ((month, last), hijri) = match self.phrase(from, |w| words::month(self.language, w)) {
            Some(found) => (found, false),
            None => (hijri?, true),
        };
        let last = self.second_name(last);
        let (year, last) = self.year_after(last);
        Some(Piece {
            first: at,
            last,
            day: Some(day),
            month: Some(month),
            year,
            hijri,
            ..Piece::default()
        })
    }

    /// «أغسطس/آب» and «آب (أغسطس)»: the month's other name.
    fn second_name(&self, last: usize) -> usize {
        let other = |at: usize| {
            self.phrase(at, |w| words::month(self.language, w))
                .map(|(_, end)| end)
        };
        match self.word(last + 1) {
            "/" => other(last + 2).unwrap_or(last),
            "(" => other(last + 2)
                .filter(|end| self.word(end + 1) == ")")
                .map_or(last, |end| end + 1),
            _ => last,
        }
    }

    fn year_after(&self, last: usize) -> (Option<i32>, usize) {
        for skip in [1, 2, 3] {
            let between = (last + 1..last + skip)
                .all(|n| matches!(self.word(n), "," | "،" | "من" | "عام" | "العام" | "سنه"));
            if let Some(year) = self.four_digits(last + skip).filter(|_| between) {
                let end = last + skip;
                let marked = matches!(self.word(end + 1), "م" | "ه" | "هـ");
                return (Some(year), end + usize::from(marked));
            }
        }
        (None, last)
    }

    /// August 21, 2024; March 2011; in March.
    fn month_first(&self, at: usize) -> Option<Piece> {
        let (month, last) = self.phrase(at, |w| words::month(self.language, w))?;
        let last = self.second_name(last);
        let arabic = self.language == Language::Arabic;
        let day = self.small_number(last + 1, 31).filter(|_| !arabic);
        let (year, end) = self.year_after(if day.is_some() { last + 1 } else { last });
        let before = at.checked_sub(1).map_or("", |n| self.word(n));
        let led = matches!(
            before,
            "in" | "since"
                | "until"
                | "by"
                | "of"
                | "last"
                | "early"
                | "late"
                | "mid"
                | "شهر"
                | "في"
                | "منذ"
                | "نهايه"
                | "مطلع"
                | "خلال"
                | "منتصف"
                | "اواخر"
                | "بدايه"
        );
        let doubtful = matches!(self.word(at), "may" | "march" | "ماي" | "اب" | "صفر");
        let way = words::way(self.word(end + 1)).or_else(|| words::way(before).filter(|_| !arabic));
        if day.is_none() && year.is_none() && way.is_none() && (doubtful || !led) {
            return None;
        }
        let end = if words::way(self.word(end + 1)).is_some() {
            end + 1
        } else {
            end
        };
        Some(Piece {
            first: at,
            last: end,
            day,
            month: Some(month),
            year,
            way,
            ..Piece::default()
        })
    }

    fn weekday(&self, at: usize) -> Option<Piece> {
        let weekday = words::weekday(self.language, self.bare(at))?;
        let before = at.checked_sub(1).map_or("", |n| self.word(n));
        let after = words::way(self.word(at + 1)).filter(|_| self.language == Language::Arabic);
        let led = words::way(before).filter(|_| self.language == Language::English);
        let day_word = matches!(
            before,
            "يوم" | "مساء" | "صباح" | "فجر" | "ليل" | "ليله" | "ظهر"
        );
        let first = if led.is_some() || day_word {
            at - 1
        } else {
            at
        };
        let last = at + usize::from(after.is_some());
        let last = last
            + usize::from(
                words::is_part_of_day(self.word(last + 1))
                    && self.language == Language::English
                    && self.word(last + 1) != "on",
            );
        Some(Piece {
            first,
            last,
            weekday: Some(weekday),
            way: after.or(led),
            ..Piece::default()
        })
    }

    fn relative(&self, at: usize) -> Option<Piece> {
        let (relative, last) = self.phrase(at, words::relative)?;
        Some(Piece {
            first: at,
            last,
            relative: Some(relative),
            ..Piece::default()
        })
    }

    /// عام 2011, in 2011, since 2014, 2014.
    fn year(&self, at: usize) -> Option<Piece> {
        if let Some(year) = self.four_digits(at).filter(|y| *y > 1850) {
            let before = at.checked_sub(1).map_or("", |n| self.word(n));
            let led = matches!(
                before,
                "in" | "since"
                    | "until"
                    | "of"
                    | "from"
                    | "by"
                    | "until,"
                    | "منذ"
                    | "في"
                    | "to"
                    | "between"
                    | "during"
            );
            return led.then(|| Piece {
                first: at,
                last: at,
                year: Some(year),
                ..Piece::default()
            });
        }
        let names_year = matches!(
            self.word(at),
            "عام" | "العام" | "سنه" | "لعام" | "بعام" | "عامي"
        );
        let year = self.four_digits(at + 1).filter(|_| names_year)?;
        Some(Piece {
            first: at,
            last: at + 1,
            year: Some(year),
            ..Piece::default()
        })
    }

    /// الأسبوع الماضي, منذ عامين, three days ago, last week, خلال السنوات الخمس الماضية.
    fn unit(&self, at: usize) -> Option<Piece> {
        let make = |first, last, way, unit| {
            Some(Piece {
                first,
                last,
                way: Some(way),
                unit: Some(unit),
                ..Piece::default()
            })
        };
        let before = at.checked_sub(1).map_or("", |n| self.word(n));
        if let Some(days) = words::dual(self.word(at)) {
            let since = matches!(before, "منذ" | "قبل" | "خلال");
            return if since {
                make(at - 1, at, Way::Past, (days, 1))
            } else {
                None
            };
        }
        let english = self.language == Language::English;
        if let Some(days) = words::unit(self.word(at)) {
            let after = self.word(at + 1);
            let counted = words::number(after);
            if !english
                && let Some(way) = words::way(self.word(at + 1 + usize::from(counted.is_some())))
            {
                return make(
                    at,
                    at + 1 + usize::from(counted.is_some()),
                    way,
                    (days, counted.unwrap_or(1)),
                );
            }
            if !english && matches!(before, "هذا" | "هذه") {
                return make(at - 1, at, Way::Now, (days, 1));
            }
            if !english && matches!(before, "منذ" | "قبل") {
                return make(at - 1, at, Way::Past, (days, 1));
            }
            return match words::way(before).filter(|_| english) {
                Some(way) => make(at - 1, at, way, (days, 1)),
                None => None,
            };
        }
        let count = words::number(self.word(at))?;
        let days = words::unit(self.word(at + 1))?;
        if english && self.word(at + 2) == "ago" {
            return make(at, at + 2, Way::Past, (days, count));
        }
        if english && let Some(way) = words::way(before) {
            return make(at - 1, at + 1, way, (days, count));
        }
        let since = matches!(before, "منذ" | "قبل" | "for" | "since");
        if since {
            make(at - 1, at + 1, Way::Past, (days, count))
        } else {
            None
        }
    }

    /// «أمس الأربعاء 21 أغسطس» is one expression.
    fn joins(&self, a: &Piece, b: &Piece) -> bool {
        let gap = (a.last + 1..b.first)
            .all(|n| matches!(self.word(n), "،" | "," | "(" | "من" | "الموافق"));
        let near = b.first - a.last <= 3 && gap;
        let clash = a.day.is_some() && b.day.is_some()
            || a.weekday.is_some() && b.weekday.is_some()
            || a.relative.is_some() && b.relative.is_some()
            || a.unit.is_some()
            || b.unit.is_some();
        near && !clash
    }
}
