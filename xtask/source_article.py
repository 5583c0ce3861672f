#!/usr/bin/env python3
"""Reads ../shared/source/article.txt and holds what comes out against ../shared/gold/source_article.json.

usage: cargo build --release && python3 xtask/source_article.py
Fails where the day of publication is not found from the text, or a caption or boilerplate yields a claim."""
import json, pathlib, subprocess, sys, tempfile
root = pathlib.Path(__file__).resolve().parent.parent
shared = root.parent / "shared"
gold = json.loads((shared / "gold/source_article.json").read_text(encoding="utf-8"))
with tempfile.TemporaryDirectory() as d:
    d = pathlib.Path(d)
    tawazun = [root / "target/release/tawazun", "--store", d / "t.db"]
    subprocess.run(tawazun + ["read", shared / "source/article.txt"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    row = json.loads(subprocess.run(tawazun + ["export", "documents"], check=True, stdout=subprocess.PIPE).stdout)
    article = json.loads(subprocess.run(tawazun + ["article", row["id"], "--json"], check=True, stdout=subprocess.PIPE).stdout)
    (d / "gold").write_text(json.dumps({"id": "a", "claims": gold["claims"]}))
    (d / "coded").write_text(json.dumps({"id": "a", "claims": article["claims"]}))
    subprocess.run([sys.executable, shared / "gold/score.py", d / "gold", d / "coded"], check=True)
blocks = [(b["start"], b["end"]) for b in article["blocks"] if b["kind"] in ("caption", "boilerplate")]
inside = [c for c in article["claims"] if any(s <= c["span"]["start"] < e for s, e in blocks)]
print(f"published {article['published']} ({article['published_basis']}: {article['published_words']}), {len(article['claims'])} claims, {len(inside)} of them from {len(blocks)} captions and boilerplate")
if article["published"] != gold["published"] or inside:
    sys.exit("the day of publication or the shape of the article is wrong")
