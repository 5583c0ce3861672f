//! Days of metadata: ISO 8601, RFC 822 and a few plain ways of writing them.
//!
//! The instant's own zone decides the day. Days in running text are not read here.

use base::{Day, Timestamp};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The day of a date as metadata write it; `None` where it is none or could be two.
pub(super) fn day(text: &str) -> Option<Day> {
    let text = crate::fold(text.trim());
    if text.len() > 80 {
        return None;
    }
    iso(&text)
        .or_else(|| named_month(&text))
        .or_else(|| day_first(&text))
}

/// The day of a count of seconds or milliseconds since 1970, in UTC.
pub(super) fn day_of_number(number: f64) -> Option<Day> {
    let seconds = if number > 1e11 {
        number / 1000.0
    } else {
        number
    };
    let plausible = (1e8..1e10).contains(&seconds);
    plausible.then(|| Timestamp(seconds as i64).day())
}

/// The instant of an ISO 8601 date and time in UTC, as WARC writes it.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let (date, time) = text.trim().split_once('T')?;
    let mut parts = time.trim_end_matches('Z').splitn(3, ':');
    let hour: i64 = parts.next()?.parse().ok()?;
    let minute: i64 = parts.next()?.parse().ok()?;
    let second: i64 = parts.next()?.split('.').next()?.parse().ok()?;
    let start = Timestamp::start_of(iso(date)?);
    Some(Timestamp(start.0 + hour * 3600 + minute * 60 + second))
}

fn iso(text: &str) -> Option<Day> {
    let digits = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let year = digits(0, 4)? as i32;
    if text.get(4..5)?.starts_with(['-', '/', '.']) {
        let mut rest = text[5..].splitn(2, ['-', '/', '.']);
        let month = rest.next()?.parse().ok()?;
        let tail = rest.next()?;
        let end = tail
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(tail.len());
        return Day::from_ymd(year, month, tail[..end].parse().ok()?);
    }
    let plain = text.len() == 8 || text.get(8..9) == Some("t");
    if plain {
        return Day::from_ymd(year, digits(4, 6)?, digits(6, 8)?);
    }
    None
}

fn named_month(text: &str) -> Option<Day> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == ',' || c == '-')
        .filter(|p| !p.is_empty())
        .collect();
    let at = parts.iter().position(|p| month(p).is_some())?;
    let number = |i: usize| {
        let part = parts.get(i)?.trim_end_matches(|c: char| c.is_alphabetic());
        part.parse::<u32>().ok()
    };
    let before = at.checked_sub(1).and_then(number);
    let (day, year) = match before.filter(|d| (1..=31).contains(d)) {
        Some(day) => (day, number(at + 1)?),
        None => (number(at + 1)?, number(at + 2)?),
    };
    let year = if year < 70 {
        year + 2000
    } else if year < 100 {
        year + 1900
    } else {
        year
    };
    Day::from_ymd(year as i32, month(parts[at])?, day)
}

fn month(word: &str) -> Option<u32> {
    let start = word.get(..3)?;
    let at = MONTHS.iter().position(|m| *m == start)?;
    let full = word.trim_end_matches('.').len();
    (full == 3 || full > 3 && word.chars().all(|c| c.is_alphabetic() || c == '.'))
        .then_some(at as u32 + 1)
}

/// `19/02/2018`: day before month, where the day could be no month or both agree.
fn day_first(text: &str) -> Option<Day> {
    let date = text.split_whitespace().next()?;
    let parts: Vec<u32> = date
        .split(['/', '-', '.'])
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    match parts[..] {
        [d, m, y] if y > 1000 && (d > 12 || d == m) => Day::from_ymd(y as i32, m, d),
        [m, d, y] if y > 1000 && d > 12 => Day::from_ymd(y as i32, m, d),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{day, day_of_number, instant};

    #[test]
    fn dates_of_metadata_are_read_to_the_day() {
        for text in [
            "2018-02-19",
            "2018-02-19T23:59:11+04:00",
            "2018-02-19 00:16",
            "20180219T001611Z",
            "20180219",
            "2018/2/19",
            "Mon, 19 Feb 2018 00:16:11 +0400",
            "19 Feb 18 01:02 GMT",
            "February 19, 2018 4:30 PM",
            "Feb. 19, 2018",
            "19/02/2018",
            "02/19/2018",
            "٢٠١٨-٠٢-١٩",
        ] {
            let read = day(text).map(|d| d.to_string());
            assert_eq!(read.as_deref(), Some("2018-02-19"), "{text}");
        }
        assert_eq!(
            day_of_number(1_519_000_000.0).unwrap().to_string(),
            "2018-02-19"
        );
        assert_eq!(
            instant("2018-02-19T00:00:01Z").unwrap().to_string(),
            "2018-02-19T00:00:01Z"
        );
    }

    #[test]
    fn what_could_be_two_days_is_none() {
        for text in [
            "02/03/2018",
            "",
            "yesterday",
            "2018",
            "2018-13-40",
            "Mayor of 1 2018x",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
