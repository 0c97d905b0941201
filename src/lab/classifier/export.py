"""From weights to what the service loads: `python3 -m classifier.export --data FOLDER --base BASE --model RUN --out OUT`.

Writes `transformer.onnx`, `vocabulary.txt`, `manifest.json` and `golden.json`, and prints figures of the eight-bit model.
"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from .calibration import curve_of
from .encoder import Shape
from .figures import Table, figures
from .golden import golden
from .graph import Weights, to_graph
from .heads import HEADS, POLICY_HEADS
from .markers import AUTHOR, PARTICIPANT
from .pieces import LONGEST, Vocabulary
from .reliability import reliability
from .row import Row, is_for_calibration
from .rows import read_rows
from .scores import Scored, is_measured, open_session, score
from .stacking import stack
from .statistics import threshold_at
from .words import best_threshold

_FORMAT = "stet-transformer-1"
_STACKED = "stacked"
# At these shares of fair comments, thresholds are told.
_FAIR_SHARES = (0.005, 0.01, 0.02, 0.03, 0.05)


def main() -> None:
    """Exports, calibrates on one half of what was held out, and measures."""
    options = _options()
    kept = torch.load(options.model / "model.pt", weights_only=True)
    weights: Weights = {name: each.float().numpy() for name, each in kept["weights"].items()}
    shape = Shape(layers=kept["layers"])
    vocabulary = Vocabulary(options.base)
    rows = [row for row in read_rows(options.data) if is_measured(row)]
    plain = _scored(to_graph(weights, shape, True).SerializeToString(), vocabulary, rows, options.threads)
    over_heads, bias = stack(plain)
    weights = _with_stacked(weights, over_heads, bias)
    graph = to_graph(weights, shape, True).SerializeToString()
    scored = [_add_stacked(each, over_heads, bias) for each in plain]
    heads = [*HEADS, _STACKED]
    spans = [each for each in scored if each.row.spans is not None and is_for_calibration(each.row.text)]
    words_threshold = best_threshold(spans)
    measured = figures(scored, heads, words_threshold)
    curves = {head: curve for at, head in enumerate(heads) if (curve := _curve(scored, head, at))}
    told = {
        head: reliability(scored, "abuse" if head == _STACKED else head, heads.index(head), curves[head])
        for head in (*POLICY_HEADS, _STACKED)
    }
    options.out.mkdir(parents=True, exist_ok=True)
    words = vocabulary.words()
    (options.out / "transformer.onnx").write_bytes(graph)
    (options.out / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    manifest = {
        "format": _FORMAT,
        "version": hashlib.sha256(graph).hexdigest()[:12],
        "about": options.about,
        "graph": {"file": "transformer.onnx", "sha256": hashlib.sha256(graph).hexdigest(), "bytes": len(graph)},
        "vocabulary": {
            "file": "vocabulary.txt",
            "sha256": hashlib.sha256(("\n".join(words) + "\n").encode()).hexdigest(),
            "size": len(words),
        },
        "longest": LONGEST,
        "pieces": {name: vocabulary.id_of(f"[{name}]") for name in ("PAD", "UNK", "CLS", "SEP")},
        "markers": {"author": vocabulary.id_of(AUTHOR), "participant": vocabulary.id_of(PARTICIPANT)},
        "heads": heads,
        "calibration": curves,
        "thresholds": _thresholds(scored, heads),
        # Above these, 98 of 100 were abuse, on rows of which four in ten are.
        "sure": {head: _surely(scored, heads.index(head), 0.98) for head in ("abuse", _STACKED)},
        "words": {"threshold": round(words_threshold, 3)},
    }
    (options.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    readings = golden(open_session(graph, options.threads), vocabulary)
    (options.out / "golden.json").write_text(json.dumps(readings, ensure_ascii=False) + "\n", encoding="utf-8")
    (options.out / "figures.json").write_text(
        json.dumps({"figures": measured, "reliability": told}, indent=1) + "\n", encoding="utf-8"
    )
    _print(measured)
    for head, bins in told.items():
        print(f"reliability of {head}: {bins}")
    if options.full:
        full = to_graph(weights, shape, False).SerializeToString()
        print("the same in full digits")
        _print(figures(_scored(full, vocabulary, rows, options.threads), heads, words_threshold))


def _scored(graph: bytes, vocabulary: Vocabulary, rows: Sequence[Row], threads: int) -> list[Scored]:
    return score(open_session(graph, threads), vocabulary, rows)


def _with_stacked(weights: Weights, over_heads: NDArray[np.float32], bias: float) -> Weights:
    """The stacked score is a sum of heads, which are sums of states: one more row of the same matrix."""
    matrix, offsets = weights["heads.weight"], weights["heads.bias"]
    return {
        **weights,
        "heads.weight": np.concatenate([matrix, (over_heads @ matrix)[None]]).astype(np.float32),
        "heads.bias": np.append(offsets, over_heads @ offsets + bias).astype(np.float32),
    }


def _add_stacked(each: Scored, over_heads: NDArray[np.float32], bias: float) -> Scored:
    heads = np.append(each.heads, over_heads @ each.heads + bias).astype(np.float32)
    return Scored(each.row, heads, each.words, each.places)


def _curve(scored: Sequence[Scored], head: str, at: int) -> list[tuple[float, float]]:
    asked = "abuse" if head == _STACKED else head
    rows = [
        each
        for each in scored
        if asked in each.row.labels and is_for_calibration(each.row.text) and each.row.source != "templates"
    ]
    if not rows:
        return []
    scores = np.array([each.heads[at] for each in rows], np.float64)
    return curve_of(scores, np.array([each.row.labels[asked] for each in rows], np.float64))


def _thresholds(scored: Sequence[Scored], heads: Sequence[str]) -> dict[str, dict[str, float]]:
    """For each of the policy's heads, the log odds above which so many fair comments are."""
    fair = [each for each in scored if each.row.labels.get("abuse") == 0.0]
    table = np.stack([each.heads for each in fair])
    nothing = np.zeros(len(fair), bool)
    return {
        head: {f"{share:.1%}": round(threshold_at(table[:, at], nothing, share), 3) for share in _FAIR_SHARES}
        for at, head in enumerate(heads)
    }


def _surely(scored: Sequence[Scored], head: int, right: float) -> float:
    """The log odds above which so many of the policy's rows are abuse, on the half that is for calibration."""
    rows = [each for each in scored if each.row.labels.get("abuse") in (0.0, 1.0) and is_for_calibration(each.row.text)]
    rows.sort(key=lambda each: -each.heads[head])
    shares = np.cumsum([each.row.labels["abuse"] for each in rows]) / np.arange(1, len(rows) + 1)
    enough = np.flatnonzero((shares >= right) & (np.arange(len(rows)) >= 100))
    return round(float(rows[int(enough[-1]) if len(enough) else 0].heads[head]), 3)


def _print(table: Table) -> None:
    for name, values in table.items():
        told = ", ".join(f"{what} {round(value, 3)}" for what, value in values.items())
        print(f"{name}: {told}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled data")
    parser.add_argument("--base", type=Path, required=True, help="folder of the pretrained encoder, for its vocabulary")
    parser.add_argument("--model", type=Path, required=True, help="folder in which train left model.pt")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--about", default="", help="what the weights were learned from, for the manifest")
    parser.add_argument("--full", action="store_true", help="measure the weights in full digits too")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
