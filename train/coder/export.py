"""Writes what the program loads: export.py CODER.pt FOLDER [--settings SETTINGS.json]

FOLDER gets first.onnx and again.onnx (weights in 8 bits, one scale a column), codes.tsv and settings.tsv."""
import argparse, json, pathlib, tempfile
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
import decode
from model import Coder

def load(path):
    saved = torch.load(path, weights_only=False)
    model = Coder(saved["shape"], len(saved["keep"]), len(saved["roots"]))
    model.load_state_dict(saved["state"])
    return model.eval(), saved


def graph(module, example, names, outputs, path):
    """Writes one reading as ONNX; `example` are inputs whose first dimension is the batch, `names` their names with the
    names of their other dimensions."""
    dims = {n: torch.export.Dim(n, min=1, max=m) for n, m in dict(b=64, s=510, t=200, n=512).items()}
    shapes = {name: {at: dims[d] for at, d in enumerate(axes)} for name, axes in names.items()}
    torch.onnx.export(module, example, str(path), input_names=list(names), output_names=outputs, dynamic_shapes=shapes, dynamo=True, external_data=False, opset_version=20)


def graphs(model, folder):
    whole = lambda *shape: torch.zeros(*shape, dtype=torch.long)
    b, s, t, n = 2, 7, 5, 3
    first = whole(b, s), whole(b, s), whole(b, t), whole(b, t), torch.zeros(b, t, model.first.seen.in_features), torch.ones(b, s)
    graph(model.first, first, dict(pieces="bs", owner="bs", first="bt", last="bt", seen="bt", mask="bs"), "tag sector made end copy tokens".split(), folder / "first.onnx")
    width = model.first.norm.normalized_shape[0]
    again = torch.zeros(n, t, width), whole(n, t), whole(n, t), whole(n), torch.zeros(n, t), torch.ones(n, t)
    graph(model.again, again, dict(tokens="nt", pairs="nt", steps="nt", kind="n", here="nt", mask="nt"), ["role", "realis"], folder / "again.onnx")


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("coder"); ap.add_argument("folder", type=pathlib.Path); ap.add_argument("--settings")
    o = ap.parse_args()
    model, saved = load(o.coder)
    o.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as d:
        graphs(model, pathlib.Path(d))
        for name in ("first.onnx", "again.onnx"): quantize_dynamic(pathlib.Path(d) / name, o.folder / name, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm", "Gather"], extra_options={"MatMulConstBOnly": True})
    (o.folder / "codes.tsv").write_text("".join(r + "\n" for r in saved["roots"]), encoding="utf-8")
    settings = json.load(open(o.settings)) if o.settings else dict(floors=decode.FLOORS, reliability={})
    within = model.within.detach().tolist()
    rows = [f"{name}_floor\t{value}" for name, value in settings["floors"].items()] + [f"within\t{within[0]:.4f}", f"within_first\t{within[1]:.4f}"]
    rows += [f"reliability\t{lang}\t{raw:.4f}\t{worth:.4f}" for lang, points in settings["reliability"].items() for raw, worth in points]
    (o.folder / "settings.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
