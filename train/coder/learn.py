"""Learns the coder: learn.py ROWS.jsonl OUT.pt --wheel WHEEL --vocabulary PIECES.tsv [--epochs N] [--settings] ...

ROWS are what `train inputs` prints for the open half of the gold sentences and the annotations. The fifth that is left
aside (data.part 0), the held half of the gold sentences and those kept for settings are never learned from; every other
epoch is scored on the last. The open half of the gold sentences is learned from twice in each epoch."""
import argparse, collections, json, math, pathlib, random, sys, time
import numpy as np
import torch
import torch.nn.functional as F
import data, decode, start
from model import Coder, FAR, REACH, SECOND

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "shared/gold"))


def batches(examples, size, shuffle):
    order = list(range(len(examples)))
    if shuffle:
        random.shuffle(order)
        chunks = [sorted(order[i:i + size * 16], key=lambda n: len(examples[n].pieces)) for i in range(0, len(order), size * 16)]
        made = [c[i:i + size] for c in chunks for i in range(0, len(c), size)]
        random.shuffle(made)
    else:
        order.sort(key=lambda n: len(examples[n].pieces))
        made = [order[i:i + size] for i in range(0, len(order), size)]
    return [[examples[n] for n in m] for m in made]


def inputs(batch, pad, drop_seen=0.0, hide=0.0, unknown=3):
    b, s, t = len(batch), max(len(e.pieces) for e in batch), max(len(e.seen) for e in batch)
    pieces, owner, mask = torch.full((b, s), pad), torch.zeros((b, s), dtype=torch.long), torch.zeros((b, s))
    first, last, seen = torch.zeros((b, t), dtype=torch.long), torch.zeros((b, t), dtype=torch.long), torch.zeros((b, t, batch[0].row["width"]))
    for n, e in enumerate(batch):
        k = len(e.pieces)
        pieces[n, :k], owner[n, :k], mask[n, :k] = torch.tensor(e.pieces), torch.tensor(e.owner), 1
        for at, o in enumerate(e.owner): last[n, o] = at
        for at in range(k - 1, -1, -1): first[n, e.owner[at]] = at
        if random.random() >= drop_seen:
            for o, marks in enumerate(e.seen): seen[n, o, marks] = 1
    if hide: pieces = torch.where((torch.rand(b, s) < hide) & (mask > 0), unknown, pieces)
    return pieces, owner, first, last, seen, mask


def again(model, batch, tokens, acts):
    """Reads sentences again for acts (nth of batch, token, type): roles (N, T, roles) and realis (N, realis)."""
    n, t = len(acts), tokens.shape[1]
    pairs, steps, here, mask = torch.zeros((n, t), dtype=torch.long), torch.zeros((n, t), dtype=torch.long), torch.zeros((n, t)), torch.zeros((n, t))
    for row, (b, at, _) in enumerate(acts):
        k = len(batch[b].seen)
        pairs[row, :k] = torch.tensor(batch[b].pairs[at * k:(at + 1) * k])
        steps[row] = (torch.arange(t) - at).clamp(-FAR, FAR) + FAR
        here[row, at], mask[row, :k] = 1, 1
    return model.again(tokens[[a[0] for a in acts]], pairs, steps, torch.tensor([a[2] for a in acts]), here, mask)


def loss(model, batch, out, roots):
    tag, sector, made, end, copy = (o.float() for o in out[:5])
    b, t = tag.shape[:2]
    want = torch.full((b, t), -100)
    total = collections.defaultdict(float)
    count = collections.Counter()
    acts, gold, sure = [], [], []
    for n, e in enumerate(batch):
        want[n, :len(e.seen)] = 0
        for first, last, _, _ in e.triggers: want[n, first + 1:last + 1] = len(data.TAGS) - 1
        for nth, (first, _, kind, realis) in enumerate(e.triggers):
            want[n, first] = kind
            sides = torch.zeros(t, len(data.ROLES))
            for k, r, a in e.roles:
                if k == nth: sides[a, r] = 1
            acts.append((n, first, kind)); gold.append(sides); sure.append(realis)
        for a, last in e.spans.items():
            reach = min(a + REACH, len(e.seen))
            if last < reach:
                total["end"] = total["end"] + F.cross_entropy(end[n, a, a:reach], torch.tensor(last - a)); count["end"] += 1
        for a, codes in e.codes.items():
            scores, names = [made[n, a]], list(roots)
            seen = False
            for first, _, r in e.mentions:
                inside = a <= first <= e.spans.get(a, a)
                scores.append((copy[n, a, first] + (model.within[0] if inside else 0) + (model.within[1] if inside and not seen else 0)).view(1))
                names.append(r); seen |= inside
            chances = torch.log_softmax(torch.cat(scores), 0)
            for r, s in codes:
                at = [k for k, name in enumerate(names) if name == r]
                if at: total["code"] = total["code"] - torch.logsumexp(chances[at], 0) / len(codes)
            total["sector"] = total["sector"] + F.cross_entropy(sector[n, a], torch.tensor(data.SECTORS.index(codes[0][1]))); count["code"] += 1
    total["tag"] = F.cross_entropy(tag.reshape(b * t, -1), want.reshape(-1), ignore_index=-100, reduction="sum") / max(1, b) * 0.5
    if acts:
        with torch.autocast("cpu", torch.bfloat16): role, realis = again(model, batch, out[5], acts)
        total["role"] = F.binary_cross_entropy_with_logits(role.float(), torch.stack(gold), reduction="sum") / len(acts)
        total["realis"] = F.cross_entropy(realis.float(), torch.tensor(sure))
    return total["tag"] + total["role"] + 0.5 * total["realis"] + 0.5 * total["end"] / max(1, count["end"]) + (total["code"] + 0.3 * total["sector"]) / max(1, count["code"])


@torch.no_grad()
def run(model, examples, pad, size=32):
    """The model's numbers for each example, in order: those of the first reading, and for each token that may be an act
    those of the second."""
    model.eval()
    made = {}
    for batch in batches(examples, size, False):
        with torch.autocast("cpu", torch.bfloat16): out = model.first(*inputs(batch, pad))
        numbers = [o.float().numpy() for o in out[:5]]
        chances = torch.softmax(out[0].float(), -1)
        acts = [(n, t, 1 + int(chances[n, t, 1:-1].argmax())) for n, e in enumerate(batch) for t in range(len(e.seen)) if 1 - chances[n, t, 0] - chances[n, t, -1] >= decode.LEAST]
        told = [{} for _ in batch]
        if acts:
            with torch.autocast("cpu", torch.bfloat16): role, realis = again(model, batch, out[5], acts)
            for (n, t, _), r, s in zip(acts, role.float().numpy(), realis.float().numpy()): told[n][t] = r.T, s
        for n, e in enumerate(batch): made[id(e)] = [o[n] for o in numbers] + [told[n]]
    return [made[id(e)] for e in examples]


def scores(model, examples, outs, roots, floors=decode.FLOORS):
    import score
    within = model.within.detach().numpy()
    told = {}
    for lang in ("ar", "en"):
        gold, coded = {}, {}
        for e, out in zip(examples, outs):
            if e.row["lang"] != lang: continue
            gold[e.row["id"]] = e.row
            coded[e.row["id"]] = dict(claims=decode.claims(e, out, roots, within, floors))
        counts, attrs = score.score(gold, coded)
        n = attrs["found"] or 1
        told[lang] = {**{k: tuple(round(v, 3) for v in counts[k].row()) for k in ("type", "dyad", "actors")}, "realis": round(attrs["realis"] / n, 3), "said_by": round(attrs["said_by"] / n, 3), "n": len(gold)}
    return told


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("rows"); ap.add_argument("out"); ap.add_argument("--wheel", required=True); ap.add_argument("--vocabulary", required=True)
    ap.add_argument("--layers", type=int, default=6, help="the lowest layers of the encoder for the first reading; the next for the second"); ap.add_argument("--epochs", type=int, default=8); ap.add_argument("--size", type=int, default=16)
    ap.add_argument("--rate", type=float, default=2e-4); ap.add_argument("--seed", type=int, default=1); ap.add_argument("--share", type=float, default=1.0, help="of the sentences")
    ap.add_argument("--hide", type=float, default=0.0, help="share of pieces that are hidden while learning"); ap.add_argument("--blind", action="store_true", help="without what the tables see")
    o = ap.parse_args()
    random.seed(o.seed); np.random.seed(o.seed); torch.manual_seed(o.seed)
    pieces, chances, special, shape, tensors = start.read(o.wheel)
    wanted = {line.split("\t")[0] for line in open(o.vocabulary, encoding="utf-8")}
    keep = [n for n, p in enumerate(pieces) if n < 4 or p in wanted]
    rows = data.rows(o.rows)
    free = [r for r in rows if data.part(r) != 0 and not data.is_held(r)]
    settings = [r for r in free if data.is_for_settings(r)]
    learned = [r for r in free if not data.is_for_settings(r)]
    random.shuffle(learned)
    learned = learned[:int(len(learned) * o.share)]
    learned += [r for r in learned if r.get("gold")]
    examples = [data.example(r) for r in learned]
    checked = [data.example(r) for r in settings]
    if o.blind:
        for e in examples + checked: e.seen, e.pairs = [[] for _ in e.seen], [0] * len(e.pairs)
    found = collections.Counter(r for e in examples for codes in e.codes.values() for r, _ in codes)
    roots = sorted(r for r, n in found.items() if n >= 3)
    shape["layers"], shape["seen"] = o.layers, rows[0]["width"]
    model = Coder(shape, len(keep), len(roots))
    model.begin(tensors, keep)
    print(f"{len(examples)} sentences to learn from, {len(checked)} for settings, {len(roots)} codes, {sum(p.numel() for p in model.parameters()) / 1e6:.1f} M weights", flush=True)
    model.first.word.weight.requires_grad = False  # pieces that the sentences lack keep their place beside those that they hold
    is_body = lambda name: name.startswith(("first.places", "first.norm", "first.layers", "again.layers"))
    heads = [p for n, p in model.named_parameters() if p.requires_grad and not is_body(n)]
    body = [p for n, p in model.named_parameters() if p.requires_grad and is_body(n)]
    rates = [o.rate, o.rate * 4]
    optimiser = torch.optim.AdamW([dict(params=body), dict(params=heads)], weight_decay=0.01)
    steps = o.epochs * math.ceil(len(examples) / o.size)
    step = 0
    for epoch in range(o.epochs):
        begun, sum_loss = time.time(), 0.0
        model.train()
        for batch in batches(examples, o.size, True):
            share = min(1, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
            for group, rate in zip(optimiser.param_groups, rates): group["lr"] = rate * share
            with torch.autocast("cpu", torch.bfloat16): out = model.first(*inputs(batch, special["pad"], 0.05, o.hide, special["unknown"]))
            value = loss(model, batch, out, roots)
            optimiser.zero_grad(); value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            sum_loss += float(value.detach()); step += 1
        print(f"epoch {epoch + 1}: loss {sum_loss / max(1, math.ceil(len(examples) / o.size)):.3f}, {time.time() - begun:.0f} s", flush=True)
        if checked and (epoch + 1 == o.epochs or epoch % 2 == 1):
            for lang, told in scores(model, checked, run(model, checked, special["pad"]), roots).items(): print(" ", lang, told, flush=True)
    torch.save(dict(state=model.state_dict(), shape=shape, roots=roots, keep=keep, pieces=[pieces[n] for n in keep], chances=[float(chances[n]) for n in keep], special=special), o.out)


if __name__ == "__main__":
    main()
