#!/usr/bin/env python3
"""Kills `tawazun read` at random moments and checks that nothing it told as stored is lost or half.

usage: cargo build --release && python3 xtask/kill.py [--times 50] [--articles 10000] [NEWS.jsonl.zst]
Reads ../shared/data/news/ar_ant2018_feb_jul.jsonl.zst where no file is given."""
import json, pathlib, random, sqlite3, subprocess, sys, tempfile, time
root = pathlib.Path(__file__).resolve().parent.parent
option = lambda name, default: int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else default
times, articles = option("--times", 50), option("--articles", 10000)
news = next((a for a in sys.argv[1:] if a.endswith(".zst")), root.parent / "shared/data/news/ar_ant2018_feb_jul.jsonl.zst")
chance = random.Random(5)
with tempfile.TemporaryDirectory() as d:
    d = pathlib.Path(d)
    whole = subprocess.run(["zstdcat", news], stdout=subprocess.PIPE, check=True).stdout
    (d / "news.jsonl").write_bytes(b"\n".join(whole.split(b"\n")[:articles]))
    tawazun = [root / "target/release/tawazun", "--store", d / "t.db"]
    told, grown = set(), []
    for nth in range(times):
        run = subprocess.Popen(tawazun + ["read", "--ids", d / "news.jsonl"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, 3.0))
        run.kill()
        out = run.communicate()[0].decode(errors="replace")
        told |= {line.split(" ")[0] for line in out.split("\n")[:-1]}
        base = sqlite3.connect(d / "t.db")
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = {x for (x,) in base.execute("SELECT id FROM document")}
        half = base.execute("SELECT count(*) FROM claim WHERE document NOT IN (SELECT id FROM document)").fetchone()[0]
        no_side = base.execute("SELECT count(*) FROM claim WHERE NOT EXISTS (SELECT 1 FROM side WHERE side.claim = claim.id)").fetchone()[0]
        base.close()
        lost = told - kept
        if lost or half or no_side: sys.exit(f"kill {nth + 1}: {len(lost)} told articles lost, {half} claims without article, {no_side} claims without sides")
        grown.append(len(kept))
    subprocess.run(tawazun + ["read", d / "news.jsonl"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    fresh = [root / "target/release/tawazun", "--store", d / "u.db"]
    subprocess.run(fresh + ["read", d / "news.jsonl"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    export = lambda t: subprocess.run(t + ["export", "claims"], check=True, stdout=subprocess.PIPE).stdout
    same = export(tawazun) == export(fresh)
    print(f"{times} kills, {len(told)} articles told as stored, none lost, none half; {grown[0]} kept after the first, {grown[-1]} after the last; finished afterwards, same claims as an unbroken run: {same}")
    if not same: sys.exit(1)
