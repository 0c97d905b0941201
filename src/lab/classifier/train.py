"""From labelled comments to weights: `python3 -m classifier.train --data FOLDER --base FOLDER --out FOLDER --minutes 60`.

A run is as long as it is told, by rows or by minutes; the rate of learning and the mixture follow its progress. It
keeps its state every few minutes and goes on from there when it is called again.
"""

import argparse
import os
import time
from pathlib import Path

import torch

from .learning import Learner
from .lessons import Lessons
from .model import fresh_model
from .pieces import Vocabulary
from .recipe import BROAD, POLICY, POLICY_FROM
from .rows import read_rows

_SEED = 13
_WARM = 0.03
_KEPT_EVERY = 180.0
_TOLD_EVERY = 20.0


def main() -> None:
    """Learns, tells how it goes, and writes `model.pt`."""
    options = _options()
    # A thread has a batch of its own; threads within an operation would wait for each other.
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = Vocabulary(options.base)
    keep = tuple(int(each) for each in options.layers.split(",")) if options.layers else None
    model = fresh_model(options.base, vocabulary, keep, _SEED)
    learner = Learner(model, options.rate, options.rate * 10, options.threads)
    lessons = Lessons(read_rows(options.data), vocabulary, _SEED)
    _learn(learner, lessons, options)
    torch.save({"weights": learner.weights(), "layers": model.encoder.shape.layers}, options.out / "model.pt")


def _learn(learner: Learner, lessons: Lessons, options: argparse.Namespace) -> None:
    kept = options.out / "state.pt"
    rows, spent = 0, 0.0
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        learner.restore(state)
        lessons.drawn, rows, spent = state["drawn"], state["rows"], state["spent"]
        print(f"goes on after {rows} rows and {spent / 60:.1f} minutes", flush=True)
    mean, told, saved, last = 0.0, spent, spent, time.monotonic()
    since, before = time.monotonic(), rows
    while (progress := _progress(options, rows, spent)) < 1:
        drawn = list(lessons.draw(BROAD if progress < POLICY_FROM else POLICY))
        for at in range(0, len(drawn), options.threads):
            batches = drawn[at : at + options.threads]
            loss = learner.step(batches, _rate(progress))
            mean = loss if mean == 0 else 0.98 * mean + 0.02 * loss
            rows += sum(batch.rows for batch in batches)
            now = time.monotonic()
            spent, last = spent + now - last, now
            progress = _progress(options, rows, spent)
            if spent - told > _TOLD_EVERY:
                told = spent
                pace = (rows - before) / (now - since)
                print(f"{progress:6.1%} {spent / 60:5.1f} min {rows:7d} rows {pace:5.1f}/s loss {mean:.4f}", flush=True)
            if progress >= 1:
                break
        if spent - saved > _KEPT_EVERY and progress < 1:
            saved = spent
            torch.save(learner.state() | {"drawn": lessons.drawn, "rows": rows, "spent": spent}, f"{kept}.new")
            os.replace(f"{kept}.new", kept)
    print(f"learned from {rows} rows in {spent / 60:.1f} minutes", flush=True)


def _progress(options: argparse.Namespace, rows: int, spent: float) -> float:
    return float(rows / options.rows if options.rows else spent / (options.minutes * 60))


def _rate(progress: float) -> float:
    """Rises quickly, then falls to nothing in a line."""
    return min(progress / _WARM, (1 - progress) / (1 - _WARM)) if progress < 1 else 0.0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled data")
    parser.add_argument("--base", type=Path, required=True, help="folder of the pretrained encoder, as fetch makes it")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into, and to go on from")
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--minutes", type=float, help="how long to learn")
    length.add_argument("--rows", type=int, help="how many rows to learn from: the same number gives the same weights")
    parser.add_argument("--rate", type=float, default=1.5e-4, help="the highest rate of learning")
    parser.add_argument("--layers", default="", help="which layers of the base to take, as 0,2,4")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
