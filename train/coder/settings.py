"""Chooses floors and measures what confidence is worth: settings.py ROWS.jsonl CODER.pt SETTINGS.json

Both on the rows kept for settings (data.is_for_settings), none of which the coder learned from: floors by the mean F1 of
dyads and types, the worth of confidence by isotonic regression (pool adjacent violators; Zadrozny and Elkan 2002) of claims
that are right on their raw confidence, for each language."""
import argparse, itertools, json, pathlib
import numpy as np
import data, decode, learn
from export import load

LEAST = 40  # claims behind one point of reliability


def isotonic(raw, right):
    """Rising points (mean raw confidence, share right) with at least LEAST claims each, where there are so many."""
    order = np.argsort(raw, kind="stable")
    blocks = []
    for n in range(0, len(order), LEAST):
        part = order[n:n + LEAST]
        blocks.append([raw[part].sum(), right[part].sum(), len(part)])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last)]
    return [(round(float(a / n), 4), round(float(r / n), 4)) for a, r, n in blocks]


def judged(rows, coded):
    """Raw confidence of each coded claim and whether all its dyads are marked."""
    import score
    raw, right = [], []
    for row, claims in zip(rows, coded):
        marked = set().union(*[score.dyads(c) for c in row["claims"]]) if row["claims"] else set()
        for claim in claims:
            raw.append(claim["confidence"]); right.append(score.dyads(claim) <= marked)
    return np.array(raw), np.array(right, float)


def reliability(model, saved, examples, floors):
    outs = learn.run(model, examples, saved["special"]["pad"])
    coded = [decode.claims(e, out, saved["roots"], model.within.detach().numpy(), floors) for e, out in zip(examples, outs)]
    points = {}
    for lang in ("ar", "en"):
        # the English reports on Syria are more alike, and easier, than other news
        own = [n for n, e in enumerate(examples) if e.row["lang"] == lang and not e.row["id"].startswith("fakes")]
        points[lang] = isotonic(*judged([examples[n].row for n in own], [coded[n] for n in own]))
    return points


def choose(model, saved, examples):
    outs = learn.run(model, examples, saved["special"]["pad"])
    best = (0, None)
    for trigger, role, sure in itertools.product((0.3, 0.35, 0.4), (0.35, 0.4, 0.45), (0.125, 0.15, 0.175, 0.2)):
        floors = dict(decode.FLOORS, trigger=trigger, role=role, sure=sure)
        told = learn.scores(model, examples, outs, saved["roots"], floors)
        value = sum(told[l]["dyad"][2] + 0.5 * told[l]["type"][2] for l in told)
        if value > best[0]: best = (value, floors, told)
    print(best)
    return best[1]


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("rows"); ap.add_argument("coder"); ap.add_argument("out", type=pathlib.Path)
    o = ap.parse_args()
    model, saved = load(o.coder)
    examples = [data.example(r) for r in data.rows(o.rows) if data.part(r) != 0 and data.is_for_settings(r)]
    floors = choose(model, saved, examples)
    made = dict(floors=floors, reliability=reliability(model, saved, examples, floors))
    o.out.write_text(json.dumps(made))
    print(made)


if __name__ == "__main__":
    main()
