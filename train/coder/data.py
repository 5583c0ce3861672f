"""Read sentences as training examples.

A row is what `train inputs` prints: a sentence in the gold's format with its `tokens` (byte spans), the `mentions` of the
tables [first token, last token, code], and the numbers that the program gives the coder: `pieces`, `owner`, `seen`,
`pairs`. An `Example` holds them beside what a reader marked, as places of tokens."""
import dataclasses, hashlib, json

TYPES = "ACCUSE AGREE AID ALIGNED ASSAULT COERCE CONCEDE CONSULT COOPERATE ESTRANGED MEMBER MOBILIZE PROTEST REJECT REQUEST RETREAT SANCTION SUPPORT THREATEN".split()
TAGS = ["-"] + TYPES + ["inside"]
REALIS = "asserted hedged planned intended denied conditional".split()
ROLES = "source target said_by when where".split()
SECTORS = ["-"] + "GOV MIL LEG JUD POL SPY PTY OPP REB CVL BUS MED MEDIA EDU NGO IGO".split()
MOST_TOKENS = 160


def part(row):
    """The fifth that a row belongs to, by its document: 0 is left aside and only counted."""
    return int(hashlib.sha1(row["id"].split("#")[0].encode()).hexdigest(), 16) % 5


def is_for_settings(row):
    """Whether a row, with its document, is kept for floors and for what confidence is worth."""
    return not row.get("gold") and int(hashlib.sha1(row["id"].split("#")[0].encode()).hexdigest(), 16) % 10 == 1


def is_held(row):
    """Whether a row is of the half of the gold sentences that is only counted (by document)."""
    return bool(row.get("gold")) and int(hashlib.sha1(row["id"].split("#")[0].encode()).hexdigest(), 16) % 2 == 1


@dataclasses.dataclass
class Example:
    row: dict
    pieces: list      # numbers of pieces
    owner: list       # for each piece its token
    seen: list        # for each token what the tables and the parser see of it
    pairs: list       # for each pair of tokens, row by row, how they hang together in the tree
    mentions: list    # (first, last, root) of each name that tells a root
    triggers: list    # (first, last, type, realis) as numbers
    roles: list       # (nth trigger, role, first)
    spans: dict       # first -> last of actors, times and places
    codes: dict       # first -> list of (root, sector)


def root(code): return code.split("-")[0]
def sector(code): return code.split("-", 1)[1] if "-" in code else "-"


class Places:
    """Finds words of a sentence as tokens."""
    def __init__(self, row):
        self.text, self.tokens = row["text"], row["tokens"][:MOST_TOKENS]
        self.bytes = [0]
        for c in self.text: self.bytes.append(self.bytes[-1] + len(c.encode()))

    def token(self, at):
        return next((n for n, (a, b) in enumerate(self.tokens) if at < b), None)

    def find(self, words, at=None):
        """Every place where the words stand, those at the beginning of a token first: (first, last)."""
        starts = [at] if at is not None else []
        if at is None:
            k = self.text.find(words)
            while k >= 0: starts.append(k); k = self.text.find(words, k + 1)
        found = []
        for k in starts:
            a, b = self.bytes[k], self.bytes[k + len(words)]
            first, last = self.token(a), self.token(b - 1)
            if first is not None and last is not None: found.append((self.tokens[first][0] != a, k, first, last))
        if any(not f[0] for f in found): found = [f for f in found if not f[0]]
        return [f[2:] for f in sorted(found, key=lambda f: f[1])]


def example(row):
    places = Places(row)
    count = len(row["seen"])
    mentions = [(f, min(l, count - 1), root(c)) for f, l, c in row["mentions"] if root(c) != "XXX" and f < count]
    made = Example(row, row["pieces"], row["owner"], row["seen"], row["pairs"], mentions, [], [], {}, {})
    taken = set()
    for claim in row.get("claims", []):
        found = places.find(claim["trigger"], claim.get("trigger_at"))
        free = [f for f in found if f[0] not in taken]
        if not free: continue
        first, last = free[0]
        taken.add(first)
        nth = len(made.triggers)
        made.triggers.append((first, last, TAGS.index(claim["type"]), REALIS.index(claim["realis"])))
        for role, name in enumerate(ROLES):
            marked = claim.get(name) or []
            if isinstance(marked, str): marked = [{"text": marked, "at": claim.get(name + "_at")}]
            for actor in marked:
                found = places.find(actor["text"], actor.get("at")) if actor.get("text") else []
                if not found: continue
                a, b = min(found, key=lambda f: (abs(f[0] - first), f[0]))
                if (nth, role, a) not in made.roles: made.roles.append((nth, role, a))
                made.spans[a] = max(b, made.spans.get(a, b)) if role < 3 else made.spans.get(a, b)
                if "code" in actor:
                    code = (root(actor["code"]), sector(actor["code"]))
                    if code not in made.codes.setdefault(a, []): made.codes[a].append(code)
    return made


def rows(path):
    with open(path, encoding="utf-8") as f: return [json.loads(x) for x in f if x.strip()]
