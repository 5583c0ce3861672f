#!/usr/bin/env python3
"""Speed and memory of `tawazun read` on a folder of news.

usage: cargo build --release && python3 xtask/speed.py [ARTICLES, 10000 if not given]
Reads ../shared/data/news/ar_ant2018_feb_jul.jsonl.zst; also prints the peak for a tenth of the folder."""
import pathlib, re, subprocess, sys, tempfile
root = pathlib.Path(__file__).resolve().parent.parent
count = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
whole = subprocess.run(["zstdcat", root.parent / "shared/data/news/ar_ant2018_feb_jul.jsonl.zst"], stdout=subprocess.PIPE, check=True).stdout.split(b"\n")
for articles in (count // 10, count):
    with tempfile.TemporaryDirectory() as d:
        d = pathlib.Path(d); (d / "in").mkdir()
        for part in range(0, articles, 500):
            (d / f"in/{part:06}.jsonl").write_bytes(b"\n".join(whole[part:min(part + 500, articles)]))
        run = subprocess.run(["/usr/bin/time", "-v", root / "target/release/tawazun", "--store", d / "t.db", "read", d / "in"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        told = run.stderr.decode()
        peak = int(re.search(r"Maximum resident set size \(kbytes\): (\d+)", told).group(1)) / 1024
        words = sum(len(line.split()) for line in whole[:articles])
        seconds = float(re.search(r"([0-9.]+) s,", told).group(1))
        print(re.search(r".*articles a minute", told).group(0), f"| {words / seconds:.0f} words a second | peak {peak:.0f} MB | store {(d / 't.db').stat().st_size >> 20} MB")
