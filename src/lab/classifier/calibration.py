"""From log odds to probabilities that mean what they say: of those at 0.9, nine in ten are what the label says."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

# Below this many of either kind, steps would follow chance: a curve of two numbers is drawn instead.
_ENOUGH = 150
# A step stands for so many comments at least.
_LEAST = 40
_KNOTS = np.linspace(-8, 8, 33)

Knot = tuple[float, float]


def curve_of(scores: NDArray[np.floating], labels: NDArray[np.floating]) -> list[Knot]:
    """Knots (log odds, probability), rising in both; between them a straight line, beyond them the last."""
    clear = labels > 0.5
    if min(clear.sum(), (~clear).sum()) < 5:
        return [(-8.0, round(float(clear.mean()), 4)), (8.0, round(float(clear.mean()) + 1e-4, 4))]
    return _steps(scores, labels) if min(clear.sum(), (~clear).sum()) >= _ENOUGH else _slope(scores, clear)


def probabilities(curve: Sequence[Knot], scores: NDArray[np.floating]) -> NDArray[np.floating]:
    """Log odds as probabilities."""
    return np.asarray(np.interp(scores, [each[0] for each in curve], [each[1] for each in curve]))


def _slope(scores: NDArray[np.floating], clear: NDArray[np.bool_]) -> list[Knot]:
    fitted = LogisticRegression(C=1.0).fit(scores[:, None], clear)
    slope, offset = max(0.05, float(fitted.coef_[0, 0])), float(fitted.intercept_[0])
    return [(float(at), round(float(1 / (1 + np.exp(-(slope * at + offset)))), 5)) for at in _KNOTS]


def _steps(scores: NDArray[np.floating], labels: NDArray[np.floating]) -> list[Knot]:
    order = np.argsort(scores, kind="stable")
    sorted_scores, sorted_labels = scores[order], labels[order]
    risen = IsotonicRegression(y_min=0, y_max=1).fit_transform(sorted_scores, sorted_labels)
    knots: list[Knot] = []
    for start, end in _runs(risen):
        chance, count = float(risen[start:end].mean()), end - start
        # Nothing is certain: a step of forty in which all are abuse does not say that all ever will be.
        chance = (chance * count + 0.5) / (count + 1)
        knots.append((round(float(sorted_scores[start:end].mean()), 3), round(chance, 5)))
    rising = [knots[0]]
    for knot in knots[1:]:
        if knot[0] > rising[-1][0] and knot[1] > rising[-1][1]:
            rising.append(knot)
    return rising


def _runs(risen: NDArray[np.floating]) -> list[tuple[int, int]]:
    """Steps of equal height, joined until each stands for enough comments."""
    edges = [0, *(int(at) + 1 for at in np.flatnonzero(np.diff(risen))), len(risen)]
    kept = [0]
    for edge in edges[1:-1]:
        if edge - kept[-1] >= _LEAST and len(risen) - edge >= _LEAST:
            kept.append(edge)
    return list(zip(kept, [*kept[1:], len(risen)], strict=True))
