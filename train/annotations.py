#!/usr/bin/env python3
"""Read sentences as stand-off annotations (no text), and their joining with the news of ../shared.

usage: python3 train/annotations.py join > sentences.jsonl     (gold's format, with character offsets `at`)
       python3 train/annotations.py pack LANG BATCH.jsonl...   (adds batches in the gold's format to train/annotations/LANG.jsonl;
                                     LANG.second packs second, independent readings, which `agree` holds against the first)
       python3 train/annotations.py agree                      (agreement of first and second readings, by ../shared/gold/score.py)
A row: id (document#first ten hex digits of the SHA-1 of the sentence), place of the sentence in the document's
text (characters), and claims; every place in a claim is [start, length] in characters of the sentence."""
import hashlib, json, pathlib, re, subprocess, sys
root = pathlib.Path(__file__).resolve().parent.parent
news = root.parent / "shared/data/news"


def articles(wanted, langs):
    found = {}
    for path in sorted(news.glob("*.jsonl.zst")):
        if path.name[:2] not in langs: continue
        for line in subprocess.run(["zstdcat", path], stdout=subprocess.PIPE, check=True).stdout.decode().split("\n"):
            if not line: continue
            row = json.loads(line)
            if row["id"] in wanted: found[row["id"]] = row
    return found


def places(words, text, given, near=None):
    """Where words of a reading stand: as given, else where they begin a word, nearest to `near`."""
    if words is None: return None
    if given is not None: return given
    found = [m.start() for m in re.finditer(re.escape(words), text)]
    begins = [k for k in found if k == 0 or not text[k - 1].isalnum()] or found
    return min(begins, key=lambda k: abs(k - near)) if near is not None else begins[0]


def pack(lang, batches):
    rows = [json.loads(x) for b in batches for x in pathlib.Path(b).read_text(encoding="utf-8").split("\n") if x]
    texts = articles({r["id"].split("#")[0] for r in rows}, {lang[:2]})
    out = root / f"train/annotations/{lang}.jsonl"
    kept = {json.loads(x)["id"]: x for x in (out.read_text().split("\n") if out.exists() else []) if x}
    for r in rows:
        text = texts[r["id"].split("#")[0]]["text"]; at = text.find(r["text"])
        assert at >= 0, r["id"]
        claims, taken = [], set()
        for c in r["claims"]:
            starts = [m.start() for m in re.finditer(re.escape(c["trigger"]), r["text"])]
            own = c.get("trigger_at", next((k for k in starts if k not in taken), starts[0]))
            taken.add(own)
            piece = lambda words, given=None: None if not words else [places(words, r["text"], given, own), len(words)]
            side = lambda a: piece(a["text"], a.get("at")) + [a["code"]]
            claims.append({"trigger": [own, len(c["trigger"])], "type": c["type"], "source": [side(a) for a in c["source"]], "target": [side(a) for a in c["target"]],
                           "realis": c["realis"], "said_by": [side(a) for a in c["said_by"]], "when": piece(c["when"], c.get("when_at")), "where": piece(c["where"], c.get("where_at"))})
        kept[r["id"]] = json.dumps({"id": r["id"], "place": [at, len(r["text"])], "claims": claims})
    out.write_text("\n".join(kept[k] for k in sorted(kept)) + "\n")
    print(len(kept), "sentences in", out)


def join(names=("ar", "en")):
    """Prints the read sentences with their texts, in the gold's format with character offsets."""
    for row in joined(names): print(json.dumps(row, ensure_ascii=False))


def joined(names):
    for path in (root / f"train/annotations/{n}.jsonl" for n in names):
        rows = [json.loads(x) for x in path.read_text().split("\n") if x]
        texts = articles({r["id"].split("#")[0] for r in rows}, {path.stem[:2]})
        for r in rows:
            article = texts[r["id"].split("#")[0]]
            text = article["text"][r["place"][0]:r["place"][0] + r["place"][1]]
            assert hashlib.sha1(text.encode()).hexdigest()[:10] == r["id"].split("#")[1], r["id"]
            words = lambda p: None if p is None else text[p[0]:p[0] + p[1]]
            side = lambda p: {"text": words(p), "code": p[2], "at": p[0]}
            claims = [{"trigger": words(c["trigger"]), "trigger_at": c["trigger"][0], "type": c["type"], "source": [side(p) for p in c["source"]], "target": [side(p) for p in c["target"]],
                       "realis": c["realis"], "said_by": [side(p) for p in c["said_by"]], "when": words(c["when"]), "where": words(c["where"])} for c in r["claims"]]
            yield {"id": r["id"], "lang": path.stem[:2], "date": article.get("date"), "outlet": article.get("outlet"), "text": text, "claims": claims}


def agree():
    sys.path.insert(0, str(root.parent / "shared/gold"))
    import score
    for lang in ("ar", "en"):
        second = {r["id"]: r for r in joined([lang + ".second"])}
        first = {r["id"]: r for r in joined([lang]) if r["id"] in second}
        counts, attrs = score.score(first, second)
        told = "  ".join("%s %.3f" % (k, counts[k].row()[2]) for k in ("type", "dyad", "actors"))
        print(f"{lang}: {len(first)} sentences read twice; F1 {told}; of {attrs['found']} claims found by both: realis {attrs['realis'] / attrs['found']:.3f}, said_by {attrs['said_by'] / attrs['found']:.3f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["pack"]: pack(sys.argv[2], sys.argv[3:])
    elif sys.argv[1:2] == ["join"]: join()
    elif sys.argv[1:2] == ["agree"]: agree()
    else: sys.exit(__doc__)
