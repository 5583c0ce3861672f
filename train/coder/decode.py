"""From the coder's numbers to claims; `crates/extract/src/coder/decode.rs` does the same when the program runs."""
import numpy as np
from data import REALIS, ROLES, SECTORS, TAGS
from model import REACH

LEAST = 0.25  # below this chance no token is looked at as an act
FLOORS = dict(trigger=0.35, role=0.35, lone=0.2, second=0.4, sure=0.175)


def sigmoid(x): return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def code_logits(made, copy, mentions, within, roots, a, b):
    """The unnormalised chances of the roots of an actor at tokens a to b: (root, logit) pairs, a root may stand more than once."""
    pairs = list(zip(roots, made[a]))
    seen = False
    for first, last, root in mentions:
        inside = a <= first <= b
        pairs.append((root, copy[a, first] + (within[0] if inside else 0) + (within[1] if inside and not seen else 0)))
        seen |= inside
    return pairs


def code_chances(*arguments):
    pairs = code_logits(*arguments)
    chances = {}
    for (root, _), p in zip(pairs, softmax(np.array([l for _, l in pairs]))): chances[root] = chances.get(root, 0) + p
    return sorted(chances.items(), key=lambda x: -x[1])


def claims(example, out, roots, within, floors=FLOORS):
    tag, sector, made, end, copy, told = out
    tokens, raw = example.row["tokens"], example.row["text"].encode()
    count = min(len(tokens), tag.shape[0])
    words = lambda a, b: raw[tokens[a][0]:tokens[b][1]].decode()
    chance, kinds = softmax(tag[:count]), tag[:count].argmax(-1)
    actors = {}

    def actor(a):
        if a not in actors:
            b = a + int(end[a, a:min(a + REACH, count)].argmax())
            codes = code_chances(made, copy, example.mentions, within, roots, a, b)
            told = [codes[0][0]] + ([codes[1][0]] if len(codes) > 1 and codes[1][1] >= floors["second"] else [])
            s = SECTORS[int(sector[a].argmax())]
            actors[a] = b, [r if s == "-" else f"{r}-{s}" for r in told], codes[0][1]
        return actors[a]

    found = []
    for t in range(count):
        act = 1 - chance[t, 0] - chance[t, -1]
        if act < floors["trigger"]: continue
        kind = TAGS[1 + int(chance[t, 1:-1].argmax())]
        role, realis = sigmoid(told[t][0][:, :count]), told[t][1]
        last = t
        while last + 1 < count and kinds[last + 1] == len(TAGS) - 1: last += 1
        sides = {}
        for r, name in enumerate(ROLES):
            taken = []
            for a in sorted(range(count), key=lambda a: -role[r, a]):
                if role[r, a] < floors["role"]: break
                b = actor(a)[0]
                if all(b < x or a > y for x, y in taken): taken.append((a, b))
            sides[name] = taken
        if not sides["source"] and not sides["target"]:
            r, a = np.unravel_index(role[:2].argmax(), role[:2].shape)
            if role[r, a] < floors["lone"]: continue
            sides[ROLES[r]] = [(int(a), actor(int(a))[0])]
        sure = float(chance[t, 1 + TAGS[1:-1].index(kind)])
        for name in ("source", "target"):
            for a, _ in sides[name]: sure *= float(role[ROLES.index(name), a]) * actor(a)[2]
        if sure < floors["sure"]: continue
        side = lambda spans: [dict(text=words(a, b), code=c) for a, b in sorted(spans) for c in actor(a)[1]]
        said = sorted(sides["said_by"], key=lambda s: abs(s[0] - t))
        first = lambda spans: words(*spans[0]) if spans else None
        found.append(dict(trigger=words(t, last), type=kind, source=side(sides["source"]), target=side(sides["target"]), realis=REALIS[int(realis.argmax())],
                          said_by=[dict(text=words(a, b), code=c) for a, b in said for c in actor(a)[1]], when=first(sides["when"]), where=first(sides["where"]), confidence=sure))
    return found
