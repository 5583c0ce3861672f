#!/usr/bin/env python3
"""Accuracy of `tawazun code`, by language, with what its confidence is worth.

usage: cargo build --release && python3 xtask/measure.py [held|open|fifth] [--floors]   (held by default)
held and open: the gold sentences of ../shared in two halves by document (open where the SHA-1 of its id is even).
fifth: the read sentences of train/annotations and of the open half that are left aside, by document (SHA-1 a multiple of 5).
Nothing is learned from held and fifth, nor tuned on them. With --floors, a figure below its floor fails."""
import hashlib, json, pathlib, re, subprocess, sys, tempfile
root = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root.parent / "shared/gold")); sys.path.insert(0, str(root / "train"))
import annotations, score
part = next((a for a in sys.argv[1:] if a in ("open", "held", "fifth")), "held")
number = lambda row: int(hashlib.sha1(row["id"].split("#")[0].encode()).hexdigest(), 16)


def rows(lang):
    gold = [json.loads(x) for x in (root.parent / f"shared/gold/dev/{lang}.jsonl").read_text(encoding="utf-8").split("\n") if x]
    if part != "fifth": return [r for r in gold if number(r) % 2 == (part == "held")]
    known = {r["id"] for r in gold}
    read = [r for r in annotations.joined([lang]) if r["id"] not in known]
    return [r for r in read + [r for r in gold if number(r) % 2 == 0] if number(r) % 5 == 0]


def reliability(gold, coded):
    """Confidence in fifths with the share of claims whose dyads are all marked; the expected calibration error."""
    judged = []
    for row in gold:
        marked = set().union(*[score.dyads(c) for c in row["claims"]]) if row["claims"] else set()
        judged += [(c["confidence"], score.dyads(c) <= marked) for c in coded[row["id"]]["claims"]]
    error = 0
    for low in (0, 0.2, 0.4, 0.6, 0.8):
        own = [(c, r) for c, r in judged if low <= c < low + 0.2 or c == 1 == low + 0.2]
        if not own: continue
        told, right = sum(c for c, _ in own) / len(own), sum(r for _, r in own) / len(own)
        error += abs(told - right) * len(own) / len(judged)
        print(f"  confidence {told:.2f}: {right:.2f} of {len(own)} claims right")
    print(f"  expected calibration error {error:.3f}")
    for floor in (0.3, 0.5):
        cut = {r["id"]: {"claims": [c for c in coded[r["id"]]["claims"] if c["confidence"] >= floor]} for r in gold}
        print("  --min-confidence %.1f: dyad P %.3f R %.3f F1 %.3f" % (floor, *score.score({r["id"]: r for r in gold}, cut)[0]["dyad"].row()))


def main():
    floors = json.loads((root / "xtask/floors.json").read_text()).get(part, {})
    failed = []
    for lang in ("ar", "en"):
        gold = rows(lang)
        sentences = "\n".join(json.dumps({k: r.get(k) for k in ("id", "lang", "date", "text")}, ensure_ascii=False) for r in gold)
        answers = subprocess.run([root / "target/release/tawazun", "code"], input=sentences.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
        coded = {r["id"]: r for r in (json.loads(x) for x in answers.split("\n") if x)}
        counts, attrs = score.score({r["id"]: r for r in gold}, coded)
        print(f"{lang} {part}: {len(gold)} sentences, {sum(len(r['claims']) for r in gold)} claims")
        for level in ("type", "dyad", "quad", "actors"): print("  %-7s P %.3f  R %.3f  F1 %.3f" % (level, *counts[level].row()))
        print("  of %d claims found: realis %.3f, said_by %.3f" % (attrs["found"], attrs["realis"] / attrs["found"], attrs["said_by"] / attrs["found"]))
        # what English confidence is worth was measured on the other half of the fifth
        apart = [r for r in gold if part != "fifth" or lang == "ar" or number(r) // 5 % 2 == 0]
        reliability(apart, coded)
        for level, floor in floors.get(lang, {}).items():
            if counts[level].row()[2] < floor: failed.append(f"{lang} {part} {level}: F1 {counts[level].row()[2]:.3f} is below its floor {floor}")
    if "--floors" in sys.argv and failed: sys.exit("\n".join(failed))


if __name__ == "__main__":
    main()
