"""Rivals told from other pairs by the ledger, on the ICEWS table of 2018: the area under the curve.

python3 xtask/rivals.py     needs ../shared and target/release/tawazun"""
import csv, io, os, pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
REFERENCE = ROOT.parent / "shared/data/reference"
PROGRAM = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/tawazun"
PRIOR = 0.8, 0.2  # network::ledger::PRIOR


def area(rivals, others):
    """The chance that a rival pair scores lower than another (Mann and Whitney 1947)."""
    ranked = sorted([(s, 1) for s in rivals] + [(s, 0) for s in others])
    total = at = 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]: end += 1
        total += (at + end + 1) / 2 * sum(r for _, r in ranked[at:end])
        at = end
    return 1 - (total - len(rivals) * (len(rivals) + 1) / 2) / (len(rivals) * len(others))


def main():
    rival = {tuple(sorted((r["a"], r["b"]))) for r in csv.DictReader(open(REFERENCE / "rivals2018.csv"))}
    table = subprocess.run([PROGRAM, "network", "--events", REFERENCE / "icews18_country_events.csv.gz", "--format", "csv"], stdout=subprocess.PIPE, check=True).stdout.decode()
    masses, events = {}, {}
    for row in csv.DictReader(io.StringIO(table)):
        pair, weight = tuple(sorted((row["from"], row["to"]))), float(row["weight"])
        alpha = (1 + float(row["standing"])) / 2 * (weight + sum(PRIOR)) - PRIOR[0]
        own = masses.setdefault(pair, [0.0, 0.0])
        own[0] += alpha; own[1] += weight - alpha
        events[pair] = events.get(pair, 0) + int(row["events"])
    score = {p: (a + PRIOR[0] - b - PRIOR[1]) / (a + b + sum(PRIOR)) for p, (a, b) in masses.items()}
    for least in (1, 5, 10, 30):
        chosen = [p for p in score if events[p] >= least]
        known = [score[p] for p in chosen if p in rival]
        told = area(known, [score[p] for p in chosen if p not in rival])
        if least == 1: fails = told < 0.77
        print(f"pairs with {least} events or more: {len(chosen)}, {len(known)} of them rivals: AUC {told:.3f}")
    sys.exit(fails)


main()
