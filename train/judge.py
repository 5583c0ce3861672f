#!/usr/bin/env python3
"""Trains the judge of crates/extract: logistic regression over the features that `tawazun candidates` prints.

usage: cargo build --release && python3 train/judge.py [open|all|cross] && cargo build --release
Reads the gold sentences of ../shared/gold/dev; `open` (the default) takes only documents whose id has an even SHA-1,
so that the others can measure; `cross` measures by four folds of the open half. Writes data/judge.tsv. Standard library only; the same input gives the same bytes."""
import hashlib, json, math, pathlib, random, subprocess, sys
root = pathlib.Path(__file__).resolve().parent.parent
part = sys.argv[1] if len(sys.argv) > 1 else "open"
EPOCHS, RATE, L2, LEAST = 10, 0.2, 2e-3, 2


def overlap(a, b): return a[0] < b[1] and b[0] < a[1]


def places(text, words):
    """Byte ranges of each place of `words` in `text`."""
    t, w, found, at = text.encode(), words.encode(), [], 0
    while words and (at := t.find(w, at)) >= 0:
        found.append((at, at + len(w))); at += 1
    return found


def examples(row, candidates):
    for c in candidates:
        span = (c["start"], c["end"])
        gold = [g for g in row["claims"] if g["type"] == c["type"] and any(overlap(span, p) for p in places(row["text"], g["trigger"]))]
        yield c["features"], bool(gold)
        for side in c["sides"] if gold else ():
            here = (side["start"], side["end"])
            for role, field in (("s", "source"), ("t", "target")):
                is_side = any(a["code"].split("-")[0] == side["code"].split("-")[0] and any(overlap(here, p) for p in places(row["text"], a["text"]))
                              for g in gold for a in g[field])
                yield side[role], is_side


def rows_of(part):
    """The gold rows of a part, with the candidates of each."""
    found = []
    for lang in ("ar", "en"):
        rows = [json.loads(x) for x in (root.parent / f"shared/gold/dev/{lang}.jsonl").read_text(encoding="utf-8").splitlines()]
        rows = [r for r in rows if part == "all" or digest(r) % 2 == 0]
        sent = "\n".join(json.dumps({k: r[k] for k in ("id", "lang", "text")}, ensure_ascii=False) for r in rows)
        out = subprocess.run([root / "target/release/tawazun", "candidates"], input=sent.encode(), stdout=subprocess.PIPE, check=True).stdout
        found += [(r, json.loads(line)["candidates"]) for r, line in zip(rows, out.decode().splitlines())]
    return found


def digest(row): return int(hashlib.sha1(row["id"].split("#")[0].encode()).hexdigest(), 16)


def train(rows, say=lambda *_: None):
    data = [e for row, candidates in rows for e in examples(row, candidates)]
    count = {}
    for features, _ in data:
        for f in features: count[f] = count.get(f, 0) + 1
    index = {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= LEAST))}
    pairs = [([index[f] for f in features if f in index], label) for features, label in data]
    w, g2 = [0.0] * len(index), [1.0] * len(index)
    chance = random.Random(7)
    for epoch in range(EPOCHS):
        chance.shuffle(pairs)
        loss = 0.0
        for ids, label in pairs:
            p = 1 / (1 + math.exp(-max(-30, min(30, sum(w[i] for i in ids)))))
            loss -= math.log(max(p if label else 1 - p, 1e-9))
            d = p - label
            for i in ids:
                g = d + L2 * w[i]
                g2[i] += g * g
                w[i] -= RATE * g / math.sqrt(g2[i])
        say(f"epoch {epoch + 1}: loss {loss / len(pairs):.4f} over {len(pairs)} examples, {len(index)} features")
    return {f: w[i] for f, i in index.items()}


def write(weights):
    lines = [f"{f}\t{v:.3f}" for f, v in sorted(weights.items()) if abs(v) >= 0.01 and "\t" not in f]
    (root / "data/judge.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def cross(rows, folds=4):
    """Trains on all folds but one, codes that one; prints the scores of all sentences so coded."""
    gold, coded = [], b""
    fold = lambda r: (digest(r) >> 8) % folds
    for f in range(folds):
        write(train([x for x in rows if fold(x[0]) != f]))
        subprocess.run(["cargo", "build", "-q", "--release"], cwd=root, check=True)
        mine = [r for r, _ in rows if fold(r) == f]
        sent = "\n".join(json.dumps({k: r[k] for k in ("id", "lang", "text")}, ensure_ascii=False) for r in mine)
        coded += subprocess.run([root / "target/release/tawazun", "code"], input=sent.encode(), stdout=subprocess.PIPE, check=True).stdout
        gold += [json.dumps(r, ensure_ascii=False) for r in mine]
    pathlib.Path("/tmp/cross.gold").write_text("\n".join(gold)); pathlib.Path("/tmp/cross.coded").write_bytes(coded)
    subprocess.run([sys.executable, root.parent / "shared/gold/score.py", "/tmp/cross.gold", "/tmp/cross.coded", "--by", "lang"], check=True)


rows = rows_of("open" if part == "cross" else part)
if part == "cross":
    cross(rows)
else:
    print(write(train(rows, say=lambda *a: print(*a, flush=True))), "weights written to data/judge.tsv")
