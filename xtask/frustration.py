"""The frustration index of the 52 networks of ../shared/data/reference/cow_signed, held against EXPECTED.csv, on one thread.

python3 xtask/frustration.py     needs ../shared and target/release/tawazun"""
import csv, json, os, pathlib, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[1]
NETWORKS = ROOT.parent / "shared/data/reference/cow_signed"
PROGRAM = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/tawazun"


def main():
    wrong = took = worst = 0
    for row in csv.DictReader(open(NETWORKS / "EXPECTED.csv")):
        begun = time.perf_counter()
        told = json.loads(subprocess.run([PROGRAM, "balance", "--edges", NETWORKS / f"{row['net']}.csv", "--random", "0", "--json"], stdout=subprocess.PIPE, check=True).stdout)
        spent = time.perf_counter() - begun
        took += spent; worst = max(worst, spent)
        found, three = told["frustration"], told["triangles"]
        right = found["exact"] and found["upper"] == int(row["L"]) and [three[k] for k in ("ppp", "ppm", "pmm", "mmm")] == [int(row[f"tri_{k}"]) for k in ("ppp", "ppm", "pmm", "mmm")]
        if not right: print(row["net"], "expected", row["L"], "found", found, three); wrong += 1
    print(f"{wrong} wrong; {took:.2f} s together, {worst:.2f} s the slowest")
    sys.exit(bool(wrong))


main()
