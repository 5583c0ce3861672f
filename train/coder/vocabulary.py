"""Chooses the pieces that are kept: vocabulary.py WHEEL OUT.tsv

Those of the starting encoder that the Arabic and English news of ../shared and the English treebanks hold, each token
cut the likeliest way (Kudo 2018), in the encoder's own order: a piece, a tab and its log probability a line.
`crates/extract/src/coder/pieces.rs` cuts tokens so when the program runs."""
import json, pathlib, re, subprocess, sys
import start

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared/data"
TOKEN = re.compile(r"[\w#_]+|[^\w\s]")
# Marks of Arabic vowels and the stretching line tell nothing and are seldom written.
UNSEEN = re.compile("[\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SPACE, LONGEST = "▁", 64


def texts():
    for path in sorted((SHARED / "news").glob("*.zst")):
        if path.name[:2] not in ("ar", "en"): continue
        for line in subprocess.run(["zstdcat", path], stdout=subprocess.PIPE, check=True).stdout.decode().split("\n"):
            if line: row = json.loads(line); yield row["title"] + "\n" + row["text"]
    for bank in ("EWT", "GUM"):
        for path in sorted((SHARED / f"ud/UD_English-{bank}").glob("*train*.conllu")):
            rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n"))
            yield " ".join(row[1] for row in rows if len(row) == 10)


def cut(word, numbers, scores, longest, worst):
    """The numbers of the pieces of the likeliest cut; a letter that no piece holds is left out."""
    best, back = [0.0] + [None] * len(word), [None] * (len(word) + 1)
    for begin in range(len(word)):
        for end in range(begin + 1, min(begin + longest, len(word)) + 1):
            number = numbers.get(word[begin:end])
            if number is None and end > begin + 1: continue
            score = best[begin] + (worst if number is None else scores[number])
            if best[end] is None or score > best[end]: best[end], back[end] = score, (begin, number)
    at = len(word)
    while at > 0:
        at, number = back[at]
        if number is not None: yield number


def main():
    pieces, scores, _, _, _ = start.read(sys.argv[1])
    scores = [float(s) for s in scores]
    numbers, longest, worst = {p: n for n, p in enumerate(pieces)}, max(map(len, pieces)), min(scores) - 10
    words = set()
    for text in texts():
        for m in TOKEN.finditer(text):
            begins = m.start() == 0 or text[m.start() - 1].isspace()
            words.add((SPACE if begins else "") + UNSEEN.sub("", m.group())[:LONGEST])
    kept = set(range(4))
    for word in words: kept.update(cut(word, numbers, scores, longest, worst))
    written = lambda p: p.replace("\t", " ").replace("\n", " ")
    pathlib.Path(sys.argv[2]).write_text("".join(f"{written(pieces[n])}\t{scores[n]:.4f}\n" for n in sorted(kept)), encoding="utf-8")
    print(len(words), "words,", len(kept), "pieces kept of", len(pieces))


if __name__ == "__main__":
    main()
