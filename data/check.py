"""Checks every table of data/: columns, codes, kinds, sectors, languages, days and repeated lines.

Run with `python3 data/check.py`; prints what is wrong, where, and leaves with 1 if anything is.
"""

import datetime
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
SECTORS = set("GOV MIL LEG JUD POL SPY PTY OPP REB CVL BUS MED EDU NGO MEDIA".split())
CODE = re.compile(r"^[A-Z][A-Z0-9]{1,11}(-[A-Z]{3,5})?$")
KINDS = set("state org group capital city place nisba nisba_plural person media".split())
TYPES = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN "
    "PROTEST SANCTION MOBILIZE COERCE ASSAULT ALIGNED ESTRANGED MEMBER".split()
)
REALIS = set("hedged planned intended denied conditional".split())


def code_is_wrong(code):
    """Says what is wrong with an actor code, or None."""
    if not CODE.match(code):
        return f"code {code!r} is not of the codebook's shape"
    if "-" in code and code.split("-")[1] not in SECTORS:
        return f"sector of {code!r} is unknown"
    return None


def name_lines(row):
    """Checks a line of actors/: code, kind, lang, name, from, to, note."""
    code, kind, lang, name, start, end, _ = row + [""] * (7 - len(row))
    if kind not in KINDS:
        yield f"kind {kind!r} is unknown"
    if code or kind != "place":
        yield code_is_wrong(code)
    yield from language_and_words(lang, name)
    yield from term(start, end)


def term(start, end):
    """Checks that two days are dates, where they are given, and in their order."""
    days = []
    for day in filter(None, (start, end)):
        try:
            days.append(datetime.date.fromisoformat(day))
        except ValueError:
            yield f"day {day!r} is no date (YYYY-MM-DD)"
    if len(days) == 2 and days[0] > days[1]:
        yield f"the term ends ({end}) before it starts ({start})"


def bloc_lines(row):
    """Checks a line of blocs.tsv: organisation, state, from, to, note."""
    bloc, state, start, end, _ = row + [""] * (5 - len(row))
    yield code_is_wrong(bloc)
    if not re.fullmatch("[A-Z]{3}", state):
        yield f"state {state!r} has not three letters"
    if not start:
        yield "the first day is missing"
    yield from term(start, end)


def place_lines(row):
    """Checks a line of places.tsv: code, latitude, longitude, city."""
    yield code_is_wrong(row[0])
    for words, most in ((row[1], 90), (row[2], 180)):
        if not re.fullmatch(r"-?\d+\.\d+", words) or abs(float(words)) > most:
            yield f"{words!r} are no degrees from -{most} to {most}"


def language_and_words(lang, words):
    """Checks that the language is known and the words are written in it."""
    if lang not in ("ar", "en"):
        yield f"language {lang!r} is unknown"
    if not words or words != words.strip() or "  " in words:
        yield f"words {words!r} are empty or wrongly spaced"
    if lang == "en" and re.search("[\u0600-\u06ff]", words):
        yield f"English words {words!r} hold Arabic letters"


def role_lines(row):
    """Checks a line of actors/roles.tsv: sector, lang, words."""
    if row[0] not in SECTORS:
        yield f"sector {row[0]!r} is unknown"
    yield from language_and_words(*row[1:3])


def generic_lines(row):
    """Checks a line of actors/generic.tsv: code, lang, words, note."""
    yield code_is_wrong(row[0])
    yield from language_and_words(*row[1:3])


def act_lines(row):
    """Checks a line of acts/: type, class, forms, source, target, flags, weight, gloss."""
    if row[0] not in TYPES:
        yield f"type {row[0]!r} is unknown"
    if row[1] not in ("verb", "noun", "adj", "phrase"):
        yield f"class {row[1]!r} is unknown"
    if not re.fullmatch(r"[01]\.\d+", row[6]):
        yield f"weight {row[6]!r} is no number"


def say_lines(row):
    """Checks a line of cues/say.tsv: lang, class, forms, order, note."""
    if row[1] not in ("verb", "noun", "prep"):
        yield f"class {row[1]!r} is unknown"
    if row[3] not in ("subj", "after", "gen", "next", "hearer", "-"):
        yield f"order {row[3]!r} is unknown"
    yield from language_and_words(row[0], row[2])


def realis_lines(row):
    """Checks a line of cues/realis.tsv: lang, forms, realis, reach, note."""
    if row[2] not in REALIS:
        yield f"realis {row[2]!r} is unknown"
    if row[3] not in ("next", "clause", "self"):
        yield f"reach {row[3]!r} is unknown"
    yield from language_and_words(row[0], row[1])


# Table: the check of a line, fewest and most columns, and how many of the first columns make a line its own.
TABLES = {
    "blocs.tsv": (bloc_lines, 3, 5, 3),
    "places.tsv": (place_lines, 4, 4, 1),
    "actors/states.tsv": (name_lines, 4, 7, 6),
    "actors/organisations.tsv": (name_lines, 4, 7, 6),
    "actors/groups.tsv": (name_lines, 4, 7, 6),
    "actors/media.tsv": (name_lines, 4, 7, 6),
    "actors/persons.tsv": (name_lines, 4, 7, 6),
    "actors/roles.tsv": (role_lines, 3, 3, 3),
    "actors/generic.tsv": (generic_lines, 3, 4, 3),
    "acts/ar.tsv": (act_lines, 8, 8, 8),
    "acts/en.tsv": (act_lines, 8, 8, 8),
    "cues/say.tsv": (say_lines, 4, 5, 3),
    "cues/realis.tsv": (realis_lines, 4, 5, 4),
}


def check(name):
    """Yields what is wrong in one table."""
    line_check, fewest, most, own = TABLES[name]
    seen = {}
    for number, line in enumerate((HERE / name).read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        row = line.split("\t")
        place = f"data/{name}:{number}"
        if not fewest <= len(row) <= most:
            yield f"{place}: {len(row)} columns, not {fewest} to {most}"
            continue
        yield from (f"{place}: {wrong}" for wrong in line_check(row) if wrong)
        key = tuple(row[:own])
        if key in seen:
            yield f"{place}: repeats line {seen[key]}; take one out"
        seen[key] = number


def main():
    """Checks all tables."""
    wrong = [w for name in TABLES for w in check(name)]
    print("\n".join(wrong) or f"{len(TABLES)} tables are sound")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
