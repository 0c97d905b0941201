"""One score for the policy's question from all heads: fitted where no head has learned."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from .row import is_for_calibration
from .scores import Scored

# Heads say much the same: a strong pull to nothing keeps each from being played against its neighbour.
_PULL = 0.003


def stack(scored: Sequence[Scored]) -> tuple[NDArray[np.float32], float]:
    """Weights over the heads and a bias, from the half of the policy's rows that is for calibration."""
    rows = [each for each in scored if each.row.labels.get("abuse") in (0.0, 1.0) and is_for_calibration(each.row.text)]
    heads = np.stack([each.heads for each in rows])
    labels = np.array([each.row.labels["abuse"] > 0.5 for each in rows])
    # Real readers' comments are few beside the written ones and count as much.
    real = np.array([each.row.source == "policy-labels" for each in rows])
    worth = np.where(real, 0.5 / max(1, real.sum()), 0.5 / max(1, (~real).sum())) * len(rows)
    scaler = StandardScaler().fit(heads)
    fitted = LogisticRegression(C=_PULL, max_iter=2000).fit(scaler.transform(heads), labels, worth)
    weights = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - (fitted.coef_[0] * scaler.mean_ / scaler.scale_).sum())
    return weights.astype(np.float32), bias
