//! The words of time in both languages, folded.

use base::Language;

const ARABIC_MONTHS: [(&str, u32); 45] = [
    ("يناير", 1),
    ("فبراير", 2),
    ("مارس", 3),
    ("ابريل", 4),
    ("مايو", 5),
    ("يونيو", 6),
    ("يوليو", 7),
    ("اغسطس", 8),
    ("سبتمبر", 9),
    ("اكتوبر", 10),
    ("نوفمبر", 11),
    ("ديسمبر", 12),
    ("نيسان", 4),
    ("شباط", 2),
    ("اذار", 3),
    ("ايار", 5),
    ("حزيران", 6),
    ("تموز", 7),
    ("اب", 8),
    ("ايلول", 9),
    ("كانون الثاني", 1),
    ("تشرين الاول", 10),
    ("تشرين الثاني", 11),
    ("كانون الاول", 12),
    ("جانفي", 1),
    ("فيفري", 2),
    ("افريل", 4),
    ("ماي", 5),
    ("جوان", 6),
    ("جويليه", 7),
    ("اوت", 8),
    ("يونيه", 6),
    ("يوليه", 7),
    ("اوغسطس", 8),
    ("غشت", 8),
    ("شتنبر", 9),
    ("نونبر", 11),
    ("دجنبر", 12),
    ("يوليوز", 7),
    ("دسمبر", 12),
    ("كانون ثاني", 1),
    ("تشرين اول", 10),
    ("تشرين ثاني", 11),
    ("كانون اول", 12),
    ("ابريل نيسان", 4),
];
const ENGLISH_MONTHS: [(&str, u32); 23] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];
const HIJRI_MONTHS: [(&str, u32); 16] = [
    ("محرم", 1),
    ("المحرم", 1),
    ("صفر", 2),
    ("ربيع الاول", 3),
    ("ربيع الثاني", 4),
    ("ربيع الاخر", 4),
    ("جمادي الاولي", 5),
    ("جمادي الثانيه", 6),
    ("جمادي الاخره", 6),
    ("رجب", 7),
    ("شعبان", 8),
    ("رمضان", 9),
    ("شوال", 10),
    ("ذي القعده", 11),
    ("ذو القعده", 11),
    ("ذي الحجه", 12),
];
const ARABIC_DAYS: [(&str, u32); 8] = [
    ("الاثنين", 0),
    ("الثلاثاء", 1),
    ("الاربعاء", 2),
    ("الخميس", 3),
    ("الجمعه", 4),
    ("السبت", 5),
    ("الاحد", 6),
    ("الاتنين", 0),
];
const ENGLISH_DAYS: [(&str, u32); 7] = [
    ("monday", 0),
    ("tuesday", 1),
    ("wednesday", 2),
    ("thursday", 3),
    ("friday", 4),
    ("saturday", 5),
    ("sunday", 6),
];
/// Days counted from the day of publication.
const RELATIVE: [(&str, i32); 14] = [
    ("امس الاول", -2),
    ("اول امس", -2),
    ("اول من امس", -2),
    ("امس", -1),
    ("البارحه", -1),
    ("اليوم", 0),
    ("غدا", 1),
    ("الغد", 1),
    ("بعد غد", 2),
    ("yesterday", -1),
    ("today", 0),
    ("tomorrow", 1),
    ("tonight", 0),
    ("the day before yesterday", -2),
];
/// Units: the word, and how many days; 30 and 365 stand for a month and a year.
const UNITS: [(&str, i32); 40] = [
    ("يوم", 1),
    ("يوما", 1),
    ("ايام", 1),
    ("الايام", 1),
    ("اسبوع", 7),
    ("الاسبوع", 7),
    ("اسابيع", 7),
    ("الاسابيع", 7),
    ("شهر", 30),
    ("الشهر", 30),
    ("شهرا", 30),
    ("اشهر", 30),
    ("الاشهر", 30),
    ("شهور", 30),
    ("عام", 365),
    ("العام", 365),
    ("عاما", 365),
    ("اعوام", 365),
    ("الاعوام", 365),
    ("سنه", 365),
    ("السنه", 365),
    ("سنوات", 365),
    ("السنوات", 365),
    ("سنين", 365),
    ("day", 1),
    ("days", 1),
    ("week", 7),
    ("weeks", 7),
    ("month", 30),
    ("months", 30),
    ("year", 365),
    ("years", 365),
    ("decade", 3650),
    ("decades", 3650),
    ("عقد", 3650),
    ("عقود", 3650),
    ("ساعه", 0),
    ("ساعات", 0),
    ("hours", 0),
    ("hour", 0),
];
/// Duals, which hold their number.
const DUALS: [(&str, i32); 8] = [
    ("يومين", 2),
    ("اسبوعين", 14),
    ("شهرين", 60),
    ("عامين", 730),
    ("سنتين", 730),
    ("عقدين", 7300),
    ("ساعتين", 0),
    ("يومان", 2),
];
const NUMBERS: [(&str, i32); 43] = [
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("several", 3),
    ("few", 3),
    ("some", 3),
    ("ثلاثه", 3),
    ("ثلاث", 3),
    ("اربعه", 4),
    ("اربع", 4),
    ("خمسه", 5),
    ("خمس", 5),
    ("سته", 6),
    ("ست", 6),
    ("سبعه", 7),
    ("سبع", 7),
    ("ثمانيه", 8),
    ("ثماني", 8),
    ("تسعه", 9),
    ("تسع", 9),
    ("عشره", 10),
    ("عشر", 10),
    ("الثلاثه", 3),
    ("الثلاث", 3),
    ("الاربعه", 4),
    ("الاربع", 4),
    ("الخمس", 5),
    ("الخمسه", 5),
    ("السته", 6),
    ("العشره", 10),
    ("العشر", 10),
    ("بضعه", 3),
];
const PAST: [&str; 14] = [
    "الماضي",
    "الماضيه",
    "المنصرم",
    "المنصرمه",
    "الفائت",
    "الفائته",
    "الاخيره",
    "الاخير",
    "السابق",
    "السابقه",
    "last",
    "past",
    "previous",
    "الماضيين",
];
const NEXT: [&str; 12] = [
    "المقبل",
    "المقبله",
    "القادم",
    "القادمه",
    "الاتي",
    "الوشيك",
    "next",
    "coming",
    "upcoming",
    "القادمين",
    "المقبلين",
    "following",
];
const THIS: [&str; 8] = [
    "الجاري",
    "الجاريه",
    "الحالي",
    "الحاليه",
    "this",
    "current",
    "هذا",
    "هذه",
];

/// Where a day or unit lies: before now, now, or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Past,
    Now,
    Next,
}

fn find(list: &[(&'static str, u32)], word: &str) -> Option<u32> {
    list.iter().find(|(w, _)| *w == word).map(|(_, n)| *n)
}

pub(super) fn month(language: Language, word: &str) -> Option<u32> {
    match language {
        Language::Arabic => find(&ARABIC_MONTHS, word),
        _ => find(&ENGLISH_MONTHS, word),
    }
}

pub(super) fn hijri_month(word: &str) -> Option<u32> {
    find(&HIJRI_MONTHS, word)
}

pub(super) fn weekday(language: Language, word: &str) -> Option<u32> {
    match language {
        Language::Arabic => find(&ARABIC_DAYS, word),
        _ => find(&ENGLISH_DAYS, word),
    }
}

pub(super) fn relative(word: &str) -> Option<i32> {
    RELATIVE.iter().find(|(w, _)| *w == word).map(|(_, n)| *n)
}

pub(super) fn unit(word: &str) -> Option<i32> {
    UNITS.iter().find(|(w, _)| *w == word).map(|(_, n)| *n)
}

pub(super) fn dual(word: &str) -> Option<i32> {
    DUALS.iter().find(|(w, _)| *w == word).map(|(_, n)| *n)
}

pub(super) fn number(word: &str) -> Option<i32> {
    let digits = word.parse().ok().filter(|n| (1..=999).contains(n));
    digits.or_else(|| NUMBERS.iter().find(|(w, _)| *w == word).map(|(_, n)| *n))
}

pub(super) fn way(word: &str) -> Option<Way> {
    if PAST.contains(&word) {
        Some(Way::Past)
    } else if NEXT.contains(&word) {
        Some(Way::Next)
    } else if THIS.contains(&word) {
        Some(Way::Now)
    } else {
        None
    }
}

/// Parts of a day that may stand before or after its name.
pub(super) fn is_part_of_day(word: &str) -> bool {
    const PARTS: [&str; 22] = [
        "يوم",
        "مساء",
        "صباح",
        "فجر",
        "ليل",
        "ليله",
        "ظهر",
        "عصر",
        "صباحا",
        "مساءا",
        "morning",
        "evening",
        "night",
        "afternoon",
        "noon",
        "early",
        "late",
        "on",
        "قبل",
        "بعد",
        "مطلع",
        "اواخر",
    ];
    PARTS.contains(&word)
}
