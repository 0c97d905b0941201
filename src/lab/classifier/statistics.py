"""Figures over scores. Pure functions of numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

Numbers = NDArray[np.float32]


def area(scores: Numbers, labels: NDArray[np.bool_]) -> float:
    """The area under the curve; not a number where all labels are alike."""
    return float(roc_auc_score(labels, scores)) if 0 < labels.sum() < len(labels) else float("nan")


def threshold_at(scores: Numbers, labels: NDArray[np.bool_], fair_share: float) -> float:
    """The score above which so many of the fair ones are."""
    return float(np.quantile(scores[~labels], 1 - fair_share))


def stopped_at(scores: Numbers, labels: NDArray[np.bool_], fair_share: float) -> float:
    """The share of the rest that is stopped where so many of the fair ones are."""
    return float((scores[labels] > threshold_at(scores, labels, fair_share)).mean())


def overlap(found: set[int], marked: set[int]) -> float:
    """F1 of two sets of characters; two empty ones agree."""
    if not found or not marked:
        return float(found == marked)
    return 2 * len(found & marked) / (len(found) + len(marked))


def characters(spans: Sequence[tuple[int, int]]) -> set[int]:
    """The offsets that spans cover."""
    return {at for start, end in spans for at in range(start, end)}
