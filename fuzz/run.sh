#!/usr/bin/env bash
# Fuzzes every target for some seconds each (600 if not given), two at a time.
# usage: cargo install cargo-fuzz && fuzz/run.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
cargo +nightly fuzz build
printf '%s\n' html feed warc dates sentence |
  xargs -P 2 -I{} sh -c "cargo +nightly fuzz run {} -- -max_total_time=$seconds -max_len=8192 -timeout=20 -rss_limit_mb=4096 > fuzz/{}.log 2>&1 && echo {}: \$(grep -E 'Done|stat::number_of_executed_units' fuzz/{}.log | tail -1) || { echo {}: FAILED; tail -20 fuzz/{}.log; }"
