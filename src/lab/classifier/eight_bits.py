"""Weights in eight bits, such that every processor computes the same sums."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Without VNNI, two products of an unsigned and a signed byte are added up in sixteen bits, which overflow beyond
# 255 * 64 * 2. With weights of -64 to 64 nothing overflows, and processors with and without VNNI agree.
_LARGEST_WEIGHT = 64
_LARGEST_BYTE = 127


@dataclass(frozen=True)
class Bytes:
    """Whole numbers, and what one is worth in each column or row."""

    values: NDArray[np.int8]
    worth: NDArray[np.float32]


def columns_in_bytes(weights: NDArray[np.float32]) -> Bytes:
    """A matrix of [inputs, outputs] with one unit an output: the one that leaves the least error."""
    largest = np.abs(weights).max(axis=0) + 1e-12
    best_error = np.full(weights.shape[1], np.inf)
    best = largest / _LARGEST_WEIGHT
    # Cutting a few far weights off makes room for all others.
    for cut in np.linspace(0.7, 1.0, 13):
        worth = cut * largest / _LARGEST_WEIGHT
        error = ((_rounded(weights, worth, _LARGEST_WEIGHT) * worth - weights) ** 2).sum(axis=0)
        best = np.where(error < best_error, worth, best)
        best_error = np.minimum(error, best_error)
    worth = best.astype(np.float32)
    return Bytes(_rounded(weights, worth, _LARGEST_WEIGHT).astype(np.int8), worth)


def rows_in_bytes(weights: NDArray[np.float32]) -> Bytes:
    """A table of [rows, width] with one unit a row: rows are looked up, never multiplied."""
    worth = (np.abs(weights).max(axis=1, keepdims=True) / _LARGEST_BYTE + 1e-12).astype(np.float32)
    return Bytes(_rounded(weights, worth, _LARGEST_BYTE).astype(np.int8), worth)


def _rounded(weights: NDArray[np.float32], worth: NDArray[np.floating], largest: int) -> NDArray[np.floating]:
    return np.clip(np.round(weights / worth), -largest, largest)
