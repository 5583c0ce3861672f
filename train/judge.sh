#!/usr/bin/env bash
# Learns data/judge.tsv from the open half of the gold sentences and the annotations of train/annotations.
# usage: train/judge.sh [open|all]   (needs ../shared; `open`, the default, keeps the held half apart)
set -euo pipefail
cd "$(dirname "$0")/.."
part=${1:-open}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --quiet --release --package train
python3 train/annotations.py join > "$work/annotations.jsonl"
python3 - "$part" "$work" <<'PY'
import hashlib, json, pathlib, sys
part, work = sys.argv[1:]
for lang in ("ar", "en"):
    rows = pathlib.Path(f"../shared/gold/dev/{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    odd = lambda x: int(hashlib.sha1(json.loads(x)["id"].split("#")[0].encode()).hexdigest(), 16) % 2
    pathlib.Path(f"{work}/{lang}.jsonl").write_text("\n".join(x for x in rows if part == "all" or not odd(x)) + "\n", encoding="utf-8")
PY
target/release/train judge "$work"/ar.jsonl "$work"/en.jsonl "$work"/annotations.jsonl > "$work/judge.tsv"
mv "$work/judge.tsv" data/judge.tsv
wc -l data/judge.tsv
