#!/usr/bin/env python3
"""`tawazun code` on other projects' gold of ../shared/gold/peers.

usage: cargo build --release && python3 xtask/peers.py
plv_news_develop (English): F1 of PLOVER types over sentences, each marked with one type a pair of actors; YIELD is CONCEDE or
RETREAT, and the three relation types are left out. Arabic ASSAULT and PROTEST: is there such an event in the sentence; the rows
that are open for development hold no or two sentences with one, so only the share of false alarms can be told."""
import json, pathlib, subprocess
root = pathlib.Path(__file__).resolve().parent.parent
RELATIONS = {"ALIGNED", "ESTRANGED", "MEMBER"}
SAME = {"RETREAT": "YIELD", "CONCEDE": "YIELD", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
same = lambda code: SAME.get(code, code)


def rows(name):
    text = subprocess.run(["zstdcat", root.parent / f"shared/gold/peers/{name}.jsonl.zst"], stdout=subprocess.PIPE, check=True).stdout.decode()
    return [json.loads(x) for x in text.split("\n") if x]


def types(rows):
    lines = "\n".join(json.dumps({k: r[k] for k in ("id", "text", "lang", "date")}, ensure_ascii=False) for r in rows)
    coded = subprocess.run([root / "target/release/tawazun", "code"], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    return [{same(c["type"]) for c in json.loads(x)["claims"] if c["type"] not in RELATIONS} for x in coded.split("\n") if x]


news = rows("plv_news_develop")
gold, found = [{same(e["code"]) for e in r["events"]} for r in news], types(news)
hit, said, marked = sum(len(g & f) for g, f in zip(gold, found)), sum(map(len, found)), sum(map(len, gold))
print(f"plv_news_develop: {len(news)} sentences, type P {hit / said:.3f} R {hit / marked:.3f} F1 {2 * hit / (said + marked):.3f}")
for name, kind in (("arabic_assault_detect_develop", "ASSAULT"), ("arabic_protest_detect_develop", "PROTEST")):
    told = [r for r in rows(name) if r["label"] != "ambiguous"]
    found = [kind in f for f in types(told)]
    is_yes = [r["label"].endswith("yes") for r in told]
    alarms = sum(f and not y for f, y in zip(found, is_yes))
    print(f"{name}: {sum(is_yes)} of {len(told)} sentences hold {kind}; {sum(f and y for f, y in zip(found, is_yes))} of them found; false alarms in {alarms / (len(told) - sum(is_yes)):.3f} of the others")
