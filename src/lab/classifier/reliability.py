"""Whether probabilities mean what they say, on comments that settled none of them."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from .calibration import Knot, probabilities
from .row import is_for_calibration
from .scores import Scored

_BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0001)


def reliability(scored: Sequence[Scored], asked: str, head: int, curve: Sequence[Knot]) -> dict[str, str]:
    """Bins of probability: how many comments, and of how many the label is true."""
    rows = [
        each
        for each in scored
        if asked in each.row.labels and each.row.part == "tune" and not is_for_calibration(each.row.text)
    ]
    chances = probabilities(curve, np.array([each.heads[head] for each in rows], np.float64))
    truths = np.array([each.row.labels[asked] for each in rows])
    told = {}
    for low, high in pairwise(_BINS):
        inside = (chances >= low) & (chances < high)
        if inside.any():
            told[f"{low:.1f} to {min(high, 1):.1f}"] = (
                f"{inside.sum()} rows, said {chances[inside].mean():.3f}, true {truths[inside].mean():.3f}"
            )
    return told
