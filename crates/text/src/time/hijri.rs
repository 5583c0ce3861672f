//! The tabular Islamic calendar (civil epoch, 30-year cycle): a day off at most from what is announced.

use base::Day;

/// The day of a Hijri date.
pub(super) fn day(year: i32, month: u32, day: u32) -> Option<Day> {
    if !(1..=1600).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let leaps = (3 + 11 * year) / 30;
    let months = (59 * (month as i32 - 1) + 1) / 2;
    // 1 Muharram 1 is 16 July 622 of the Julian calendar, 492,148 days before 1970
    Some(Day::from_number(
        -492_148 + (year - 1) * 354 + leaps + months + day as i32 - 1,
    ))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn the_first_of_muharram_1446_is_in_july_2024() {
        let found = day(1446, 1, 1).unwrap();
        let (year, month, of_month) = found.ymd();
        assert_eq!((year, month), (2024, 7));
        assert!((6..=9).contains(&of_month), "{found}");
    }
}
