#!/usr/bin/env python3
"""Read sentences as stand-off annotations (no text), and their joining with the news of ../shared.

usage: python3 train/annotations.py join > sentences.jsonl     (gold's format, with character offsets `at`)
       python3 train/annotations.py pack LANG BATCH.jsonl...   (adds batches in the gold's format to train/annotations/LANG.jsonl)
A row: id (document#first ten hex digits of the SHA-1 of the sentence), place of the sentence in the document's
text (characters), and claims; every place in a claim is [start, length] in characters of the sentence."""
import hashlib, json, pathlib, subprocess, sys
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


def pack(lang, batches):
    rows = [json.loads(x) for b in batches for x in pathlib.Path(b).read_text(encoding="utf-8").split("\n") if x]
    texts = articles({r["id"].split("#")[0] for r in rows}, {lang})
    out = root / f"train/annotations/{lang}.jsonl"
    kept = {json.loads(x)["id"]: x for x in (out.read_text().split("\n") if out.exists() else []) if x}
    for r in rows:
        text = texts[r["id"].split("#")[0]]["text"]; at = text.find(r["text"])
        assert at >= 0, r["id"]
        place = lambda words, start: None if words is None else [start, len(words)]
        side = lambda a: place(a["text"], a["at"]) + [a["code"]]
        claims = [{"trigger": place(c["trigger"], c["trigger_at"]), "type": c["type"], "source": [side(a) for a in c["source"]], "target": [side(a) for a in c["target"]],
                   "realis": c["realis"], "said_by": [side(a) for a in c["said_by"]], "when": place(c["when"], c["when_at"]), "where": place(c["where"], c["where_at"])} for c in r["claims"]]
        kept[r["id"]] = json.dumps({"id": r["id"], "place": [at, len(r["text"])], "claims": claims})
    out.write_text("\n".join(kept[k] for k in sorted(kept)) + "\n")
    print(len(kept), "sentences in", out)


def join():
    for path in sorted((root / "train/annotations").glob("*.jsonl")):
        rows = [json.loads(x) for x in path.read_text().split("\n") if x]
        texts = articles({r["id"].split("#")[0] for r in rows}, {path.stem})
        for r in rows:
            article = texts[r["id"].split("#")[0]]
            text = article["text"][r["place"][0]:r["place"][0] + r["place"][1]]
            assert hashlib.sha1(text.encode()).hexdigest()[:10] == r["id"].split("#")[1], r["id"]
            words = lambda p: None if p is None else text[p[0]:p[0] + p[1]]
            side = lambda p: {"text": words(p), "code": p[2], "at": p[0]}
            claims = [{"trigger": words(c["trigger"]), "trigger_at": c["trigger"][0], "type": c["type"], "source": [side(p) for p in c["source"]], "target": [side(p) for p in c["target"]],
                       "realis": c["realis"], "said_by": [side(p) for p in c["said_by"]], "when": words(c["when"]), "where": words(c["where"])} for c in r["claims"]]
            print(json.dumps({"id": r["id"], "lang": path.stem, "date": article.get("date"), "outlet": article.get("outlet"), "text": text, "claims": claims}, ensure_ascii=False))


if __name__ == "__main__":
    if sys.argv[1:2] == ["pack"]: pack(sys.argv[2], sys.argv[3:])
    elif sys.argv[1:2] == ["join"]: join()
    else: sys.exit(__doc__)
