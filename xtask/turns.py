"""Turns on the ICEWS table of 2018: which of the turns that people know are noticed, and at how many alarms.

python3 xtask/turns.py [ALARMS]     needs ../shared and target/release/tawazun"""
import collections, csv, datetime, gzip, json, os, pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
REFERENCE = ROOT.parent / "shared/data/reference"
PROGRAM = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/tawazun"
BEFORE, AFTER = 5, 30
day = lambda text: datetime.date.fromisoformat(text).toordinal()


def main():
    alarms = sys.argv[1] if len(sys.argv) > 1 else "2.5"
    table = REFERENCE / "icews18_country_events.csv.gz"
    with gzip.open(table, "rt") as f: rows = list(csv.DictReader(f))
    first, last = day(rows[0]["date"]), max(day(r["date"]) for r in rows)
    years = (last - first + 1) / 365.25
    counts = collections.Counter(tuple(sorted((r["source"], r["target"]))) for r in rows)
    told = subprocess.run([PROGRAM, "turns", "--events", table, "--alarms", alarms, "--json"], stdout=subprocess.PIPE, check=True).stdout.decode()
    found = collections.defaultdict(list)
    for line in told.splitlines():
        turn = json.loads(line)
        found[turn["a"], turn["b"]].append((day(turn["day"]), turn["way"], turn["cause"]))
    hits = right = alarmed = 0
    chance = 0.0
    known = list(csv.DictReader(open(REFERENCE / "turns2018_develop.csv")))
    for turn in known:
        pair, at = tuple(sorted((turn["a"], turn["b"]))), day(turn["date"])
        near = [x for x in found[pair] if at - BEFORE <= x[0] <= at + AFTER]
        hits += bool(near); right += any(x[1] == turn["turn"] for x in near); alarmed += len(found[pair])
        span = range(first + BEFORE, last - AFTER + 1)
        chance += sum(any(d - BEFORE <= x[0] <= d + AFTER for x in found[pair]) for d in span) / len(span)
        print(f"{pair[0]}–{pair[1]} {turn['date']} {turn['turn']:6} {len(found[pair])} alarms; near: {[(x[0] - at, x[1], x[2]) for x in near]}")
    busy = [p for p, n in counts.items() if n >= 50]
    print(f"{hits} of {len(known)} noticed, {right} with the right way; by chance {chance:.1f}; {alarmed / len(known) / years:.2f} alarms a pair and year on them, "
          f"{sum(len(found[p]) for p in busy) / len(busy) / years:.2f} on the {len(busy)} pairs with 50 events or more, {sum(map(len, found.values())) / len(counts) / years:.3f} on all {len(counts)}")
    print(collections.Counter(x[2] for v in found.values() for x in v))
    sys.exit(float(alarms) == 2.5 and (hits < 9 or alarmed / len(known) / years > 2.5))


main()
