"""Events of five Arabic outlets, February to July 2018, held against ICEWS of those months.

python3 xtask/icews.py [STORE [LEAST]]     needs ../shared and target/release/tawazun; reads the news into STORE first where it is not there
Spearman's rank correlation over the 100 pairs with most events of ours: events a month, and the share of hostile ones,
with intervals from 1,000 resamples of pairs. Claims below a confidence of LEAST (0.2) are left out."""
import collections, csv, gzip, json, os, pathlib, random, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared/data"
PROGRAM = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/tawazun"
MONTHS = [f"2018-{m:02}" for m in range(2, 8)]


def ranks(values):
    order = sorted(range(len(values)), key=lambda n: values[n])
    found, at = [0.0] * len(values), 0
    while at < len(order):
        end = at
        while end < len(order) and values[order[end]] == values[order[at]]: end += 1
        for n in order[at:end]: found[n] = (at + end - 1) / 2
        at = end
    return found


def spearman(xs, ys):
    a, b = ranks(xs), ranks(ys)
    m, n = sum(a) / len(a), sum(b) / len(b)
    top = sum((x - m) * (y - n) for x, y in zip(a, b))
    under = (sum((x - m) ** 2 for x in a) * sum((y - n) ** 2 for y in b)) ** 0.5
    return top / under if under else 0.0


def with_interval(pairs, value):
    """A correlation over pairs, each with a list of (ours, theirs), and its middle nine tenths by resampling pairs."""
    dice = random.Random(1)
    of = lambda chosen: spearman([x for p in chosen for x, _ in value[p]], [y for p in chosen for _, y in value[p]])
    tried = sorted(of([dice.choice(pairs) for _ in pairs]) for _ in range(1000))
    return f"{of(pairs):.3f} ({tried[50]:.3f} … {tried[949]:.3f})"


def main():
    store = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp/tawazun-2018.db")
    if not store.exists():
        subprocess.run([PROGRAM, "--store", store, "read", SHARED / "news/ar_ant2018_feb_jul.jsonl.zst"], stdout=subprocess.DEVNULL)
    listed = subprocess.run([PROGRAM, "--store", store, "events", "--json", "--limit", "0", "--min-confidence", sys.argv[2] if len(sys.argv) > 2 else "0.2", "--since", "2018-02-01", "--until", "2018-07-31"], stdout=subprocess.PIPE, check=True).stdout.decode()
    ours, theirs = collections.defaultdict(list), collections.defaultdict(list)
    for line in listed.splitlines():
        event = json.loads(line)
        if event["mass"] > 0: ours[tuple(sorted((event["from"], event["to"])))].append((event["day"][:7], event["quad"].startswith(("conf", "rel-minus"))))
    with gzip.open(SHARED / "reference/icews18_country_events.csv.gz", "rt") as f:
        for row in csv.DictReader(f):
            if row["date"][:7] in MONTHS and row["source"] != row["target"]: theirs[tuple(sorted((row["source"], row["target"])))].append((row["date"][:7], row["quad"].startswith("conf")))
    known = {c for p in theirs for c in p}
    pairs = sorted((p for p in ours if set(p) <= known), key=lambda p: (-len(ours[p]), p))[:100]
    count = {p: [(sum(m == month for m, _ in ours[p]), sum(m == month for m, _ in theirs[p])) for month in MONTHS] for p in pairs}
    share = {p: [(sum(h for _, h in ours[p]) / len(ours[p]), sum(h for _, h in theirs[p]) / len(theirs[p]))] for p in pairs if len(theirs[p]) >= 5}
    print(f"{len(pairs)} pairs; events a month: {with_interval(pairs, count)}; hostile share of {len(share)} pairs with five events or more in ICEWS: {with_interval(sorted(share), share)}")
    total = {p: [(len(ours[p]), len(theirs[p]))] for p in pairs}
    print(f"events in all six months: {with_interval(pairs, total)}")
    a, b = ranks([share[p][0][0] for p in sorted(share)]), ranks([share[p][0][1] for p in sorted(share)])
    apart = sorted(zip([abs(x - y) for x, y in zip(a, b)], sorted(share)), reverse=True)[:10]
    for _, p in apart: print(f"  {p[0]}–{p[1]}: hostile {share[p][0][0]:.2f} of {len(ours[p])} events of ours, {share[p][0][1]:.2f} of {len(theirs[p])} in ICEWS")


main()
