#!/usr/bin/env python3
"""Accuracy of `tawazun code` on the gold sentences of ../shared, in two halves by document.

usage: cargo build --release && python3 xtask/measure.py [open|held] [--floors]   (held by default: never tuned on)
A document is in the open half where the SHA-1 of its id is even. With --floors, a figure below its floor fails."""
import hashlib, json, pathlib, re, subprocess, sys, tempfile
root = pathlib.Path(__file__).resolve().parent.parent
gold = root.parent / "shared/gold"
half = next((a for a in sys.argv[1:] if a in ("open", "held")), "held")
floors = json.loads((root / "xtask/floors.json").read_text())
failed = []
for lang in ("ar", "en"):
    lines = (gold / f"dev/{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    odd = lambda x: int(hashlib.sha1(json.loads(x)["id"].split("#")[0].encode()).hexdigest(), 16) % 2
    rows = [x for x in lines if odd(x) == (half == "held")]
    sentences = "\n".join(json.dumps({k: v for k, v in json.loads(x).items() if k != "claims"}, ensure_ascii=False) for x in rows)
    coded = subprocess.run([root / "target/release/tawazun", "code"], input=sentences.encode(), stdout=subprocess.PIPE, check=True).stdout
    with tempfile.TemporaryDirectory() as d:
        d = pathlib.Path(d); (d / "gold").write_text("\n".join(rows), encoding="utf-8"); (d / "coded").write_bytes(coded)
        told = subprocess.run([sys.executable, gold / "score.py", d / "gold", d / "coded"], check=True, stdout=subprocess.PIPE).stdout.decode()
    print(lang, half); print(told, end="")
    for level, floor in floors[half][lang].items():
        found = float(re.search(rf"^\s+{level}\s.*F1 ([0-9.]+)", told, re.M).group(1))
        if found < floor: failed.append(f"{lang} {half} {level}: F1 {found} is below its floor {floor}")
if "--floors" in sys.argv and failed:
    sys.exit("\n".join(failed))
