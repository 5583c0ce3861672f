#!/usr/bin/env python3
"""Actor codes: the gold actors' texts alone, each coded by itself, by language and half.

usage: cargo build --release && python3 xtask/actors.py [--errors N]
Right: the state or organisation of the gold code is that of the actor found in the words (its first one).
Named apart: texts that are pronouns or whose gold state is not in their own words cannot be told alone."""
import collections, hashlib, json, pathlib, subprocess, sys
root = pathlib.Path(__file__).resolve().parent.parent
gold = root.parent / "shared/gold"
errors = int(sys.argv[sys.argv.index("--errors") + 1]) if "--errors" in sys.argv else 0
for lang in ("ar", "en"):
    asked = {}
    for line in (gold / f"dev/{lang}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        half = "held" if int(hashlib.sha1(row["id"].split("#")[0].encode()).hexdigest(), 16) % 2 else "open"
        for claim in row["claims"]:
            for actor in claim["source"] + claim["target"] + claim["said_by"]:
                asked[(half, actor["text"], actor["code"].split("-")[0], row.get("date"))] = None
    asked = list(asked)
    sent = "\n".join(json.dumps({"id": n, "lang": lang, "text": a[1], "date": a[3]}, ensure_ascii=False) for n, a in enumerate(asked))
    out = subprocess.run([root / "target/release/tawazun", "code"], input=sent.encode(), stdout=subprocess.PIPE, check=True).stdout
    count = collections.defaultdict(collections.Counter)
    for (half, text, code, _), line in zip(asked, out.decode().split("\n")):
        found = [a["code"].split("-")[0] for a in json.loads(line)["actors"]]
        known = [c for c in found if c != "XXX"]
        told = (known or found or ["XXX"])[0]
        state = "right" if told == code else "no state in the words" if told == "XXX" else "wrong"
        count[half][state] += 1
        if state == "wrong" and half == "open" and errors > 0:
            errors -= 1; print("  ", text, code, found)
    for half in ("open", "held"):
        c = count[half]; all_ = sum(c.values()); said = c["right"] + c["wrong"]
        print(f"{lang} {half}: {all_} actors, right {c['right'] / all_:.3f}; where the words tell one {c['right'] / said:.3f}; no state in the words {c['no state in the words'] / all_:.3f}")
