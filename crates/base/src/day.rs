//! Calendar days, periods of them, and instants.

use std::fmt;
use std::str::FromStr;

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i32);

/// Text or numbers that name no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» is no day; write it as YYYY-MM-DD")]
pub struct BadDay(pub String);

impl Day {
    /// The day of a year, month (1 to 12) and day of the month; `None` where the calendar has none.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 {
            return None;
        }
        let made = Day(days_from_civil(year, month, day));
        (made.ymd() == (year, month, day)).then_some(made)
    }

    /// The day that many days after 1970-01-01.
    #[must_use]
    pub fn from_number(days: i32) -> Day {
        Day(days)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    /// Year, month (1 to 12) and day of the month.
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        civil_from_days(self.0)
    }

    /// Day of the week, 0 for Monday to 6 for Sunday.
    #[must_use]
    pub fn weekday(self) -> u32 {
        (self.0 + 3).rem_euclid(7) as u32
    }

    /// The day `days` later (earlier where negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }
}

/// Howard Hinnant, "chrono-compatible low-level date algorithms".
fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let shifted = (month as i32 + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + day as i32 - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i32) -> (i32, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (
        yoe + era * 400 + i32::from(month <= 2),
        month as u32,
        day as u32,
    )
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = BadDay;

    /// Reads `YYYY-MM-DD`; what follows a `T` or a blank is left aside.
    fn from_str(text: &str) -> Result<Day, BadDay> {
        let bad = || BadDay(text.chars().take(40).collect());
        let date = text.trim().split(['T', ' ']).next().ok_or_else(bad)?;
        let mut parts = date.splitn(3, '-').map(str::parse::<u32>);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Ok(y)), Some(Ok(m)), Some(Ok(d))) => {
                Day::from_ymd(y as i32, m, d).ok_or_else(bad)
            }
            _ => Err(bad()),
        }
    }
}

/// Some days in a row, first and last both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    first: Day,
    last: Day,
}

impl Period {
    /// The days from `first` to `last`; `None` where they run backwards.
    #[must_use]
    pub fn new(first: Day, last: Day) -> Option<Period> {
        (first <= last).then_some(Period { first, last })
    }

    /// First day.
    #[must_use]
    pub fn first(self) -> Day {
        self.first
    }

    /// Last day.
    #[must_use]
    pub fn last(self) -> Day {
        self.last
    }

    /// Whether `day` is one of them.
    #[must_use]
    pub fn holds(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

/// An instant, in whole seconds since 1970-01-01T00:00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The first instant of a day, in UTC.
    #[must_use]
    pub fn start_of(day: Day) -> Timestamp {
        Timestamp(i64::from(day.number()) * 86_400)
    }

    /// The day in UTC.
    #[must_use]
    pub fn day(self) -> Day {
        Day(self
            .0
            .div_euclid(86_400)
            .clamp(i64::from(i32::MIN / 2), i64::from(i32::MAX / 2)) as i32)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.0.rem_euclid(86_400);
        write!(
            f,
            "{}T{:02}:{:02}:{:02}Z",
            self.day(),
            s / 3600,
            s / 60 % 60,
            s % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Timestamp};

    #[test]
    fn a_day_is_read_as_it_is_written() {
        for text in ["1970-01-01", "2024-02-29", "2000-12-31", "1900-03-01"] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        assert!("2023-02-29".parse::<Day>().is_err());
        assert!("yesterday".parse::<Day>().is_err());
    }

    #[test]
    fn the_nineteenth_of_august_2024_is_a_monday() {
        assert_eq!(Day::from_ymd(2024, 8, 19).unwrap().weekday(), 0);
    }

    #[test]
    fn an_instant_knows_its_day() {
        let day = Day::from_ymd(2018, 5, 4).unwrap();
        assert_eq!(Timestamp(Timestamp::start_of(day).0 + 86_399).day(), day);
    }
}
