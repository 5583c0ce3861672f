"""The coder: a small transformer over pieces, and heads over tokens (Vaswani et al. 2017; biaffine scores as in
Dozat and Manning 2017; codes are copied from names of the tables or generated, as in See et al. 2017).

Shapes: B sentences, S pieces, T tokens. A token is the mean of its first and last piece."""
import torch
from torch import nn
import torch.nn.functional as F
from data import REALIS, ROLES, SECTORS, TAGS

INNER = 64     # width of each side of a biaffine score
REACH = 24     # an actor has at most so many tokens
FAR = 12       # tokens farther apart than this are alike
SECOND = 2     # layers that read a sentence again for each act
PAIRS = 161    # ways in which two tokens hang together, and none


class Layer(nn.Module):
    def __init__(self, width, heads, inner, epsilon, drop):
        super().__init__()
        self.heads, self.drop = heads, drop
        self.q, self.k, self.v, self.ao = (nn.Linear(width, width) for _ in range(4))
        self.fi, self.fo = nn.Linear(width, inner), nn.Linear(inner, width)
        self.aln, self.oln = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)

    def forward(self, x, hidden):
        b, s, w = x.shape
        split = lambda y: y.view(b, s, self.heads, w // self.heads).transpose(1, 2)
        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        weights = torch.softmax(q @ k.transpose(-1, -2) * (w // self.heads) ** -0.5 + hidden, -1)
        weights = F.dropout(weights, self.drop, self.training)
        y = (weights @ v).transpose(1, 2).reshape(b, s, w)
        x = self.aln(x + F.dropout(self.ao(y), self.drop, self.training))
        return self.oln(x + F.dropout(self.fo(F.gelu(self.fi(x))), self.drop, self.training))


class Biaffine(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.left, self.right, self.lean = nn.Linear(width, INNER), nn.Linear(width, INNER), nn.Linear(width, 1)

    def forward(self, x):
        """Scores (B, T, T) of each pair of tokens."""
        return F.gelu(self.left(x)) @ F.gelu(self.right(x)).transpose(-1, -2) * INNER ** -0.5 + self.lean(x).transpose(1, 2)


class First(nn.Module):
    """Reads a sentence once: which tokens name an act, where an actor ends, and who it is."""
    def __init__(self, shape, rows, codes, drop):
        super().__init__()
        width = shape["width"]
        self.drop = drop
        self.word, self.places = nn.Embedding(rows, width), nn.Embedding(512, width)
        self.seen, self.told = (nn.Linear(shape["seen"], width, bias=False) for _ in range(2))
        self.norm = nn.LayerNorm(width, shape["epsilon"])
        self.layers = nn.ModuleList(Layer(width, shape["heads"], shape["inner"], shape["epsilon"], drop) for _ in range(shape["layers"]))
        self.tag, self.sector, self.made = nn.Linear(width, len(TAGS)), nn.Linear(width, len(SECTORS)), nn.Linear(width, codes)
        self.end, self.copy = Biaffine(width), Biaffine(width)
        nn.init.zeros_(self.seen.weight)
        nn.init.normal_(self.told.weight, std=0.1)
        self.tag.bias.data[0] = 3.0  # most tokens are no act

    def forward(self, pieces, owner, first, last, seen, mask):
        """pieces, owner (B, S): numbers of pieces and their tokens; first, last (B, T): first and last piece of each
        token; seen (B, T, seen): what the tables and the parser see; mask (B, S): 1 where a piece stands."""
        b, s = pieces.shape
        pick = lambda x, at: x.reshape(-1, x.shape[-1])[(at + torch.arange(b)[:, None] * x.shape[1]).reshape(-1)].view(b, at.shape[1], x.shape[-1])
        x = self.word(pieces) + self.places.weight[:s] + pick(self.seen(seen), owner)
        x = F.dropout(self.norm(x), self.drop, self.training)
        hidden = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers: x = layer(x, hidden)
        x = F.dropout((pick(x, first) + pick(x, last)) * 0.5 + self.told(seen), self.drop, self.training)
        return self.tag(x), self.sector(x), self.made(x), self.end(x), self.copy(x), x


class Again(nn.Module):
    """Reads a sentence again for one act of it: which tokens begin its sides, and how surely it is told (an act is
    marked in the input, as Shi and Lin 2019, arXiv:1904.05255, mark a predicate)."""
    def __init__(self, shape, drop):
        super().__init__()
        width = shape["width"]
        self.drop = drop
        self.pair, self.step, self.kind = nn.Embedding(PAIRS, width), nn.Embedding(2 * FAR + 1, width), nn.Embedding(len(TAGS), width)
        for table in (self.pair, self.step, self.kind): nn.init.normal_(table.weight, std=0.1)
        self.norm = nn.LayerNorm(width, shape["epsilon"])
        self.layers = nn.ModuleList(Layer(width, shape["heads"], shape["inner"], shape["epsilon"], drop) for _ in range(SECOND))
        self.role, self.realis = nn.Linear(width, len(ROLES)), nn.Linear(width, len(REALIS))
        nn.init.constant_(self.role.bias, -3.0)  # most tokens begin no side

    def forward(self, tokens, pairs, steps, kind, here, mask):
        """tokens (N, T, width): what `First` made of the sentence of each act; pairs, steps (N, T): how each token
        hangs together with the act, and how far from it it stands; kind (N): type of the act; here (N, T): 1 at its
        first token; mask (N, T): 1 where a token stands."""
        x = self.norm(tokens + self.pair(pairs) + self.step(steps) + self.kind(kind)[:, None])
        x = F.dropout(x, self.drop, self.training)
        hidden = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers: x = layer(x, hidden)
        return self.role(x), self.realis((x * here[:, :, None]).sum(1))


class Coder(nn.Module):
    def __init__(self, shape, rows, codes, drop=0.1):
        super().__init__()
        self.first, self.again = First(shape, rows, codes, drop), Again(shape, drop)
        # a name within the words of an actor, and its first name, are likelier to tell its code
        self.within = nn.Parameter(torch.tensor([2.0, 0.5]))

    def begin(self, tensors, keep):
        """Takes the encoder to start from: `keep` are the numbers of the pieces that are kept, `tensors` as `start.read` gives them."""
        put = lambda p, name: p.data.copy_(torch.tensor(tensors[name]))
        self.first.word.weight.data.copy_(torch.tensor(tensors["emb.word"][keep]))
        self.first.places.weight.data.copy_(torch.tensor(tensors["emb.pos"] + tensors["emb.type"][:tensors["emb.pos"].shape[1]]))
        put(self.first.norm.weight, "emb.ln.w"); put(self.first.norm.bias, "emb.ln.b")
        for n, layer in enumerate([*self.first.layers, *self.again.layers]):
            for name in "q k v ao fi fo aln oln".split():
                put(getattr(layer, name).weight, f"l{n}.{name}.w"); put(getattr(layer, name).bias, f"l{n}.{name}.b")
