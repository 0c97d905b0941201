"""The words at fault, from the scores of pieces."""

from collections.abc import Sequence

import numpy as np

from .scores import Scored
from .statistics import characters, overlap

_TRIED = np.linspace(-2.5, 2.0, 19)


def spans_of(scored: Scored, threshold: float) -> list[tuple[int, int]]:
    """Pieces above a threshold, those side by side as one span."""
    chosen = [
        (start, end)
        for (start, end), score in zip(scored.places, scored.words, strict=True)
        if score > threshold and end > start
    ]
    spans: list[tuple[int, int]] = []
    for start, end in _whole_words(scored, chosen):
        if spans and start - spans[-1][1] <= 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _whole_words(scored: Scored, chosen: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A word of which one piece is at fault is at fault whole: pieces of a word have nothing between them."""
    words: list[list[int]] = []
    text = scored.row.text
    for start, end in scored.places:
        if end == start:
            continue
        joins = words and words[-1][1] == start and text[start].isalnum() and text[start - 1].isalnum()
        if joins:
            words[-1][1] = end
        else:
            words.append([start, end])
    hit = {at for start, end in chosen for at in range(start, end)}
    return [(start, end) for start, end in words if any(at in hit for at in range(start, end))]


def best_threshold(rows: Sequence[Scored]) -> float:
    """The threshold with the best overlap with what readers marked."""
    return float(max(_TRIED, key=lambda each: mean_overlap(rows, float(each))))


def mean_overlap(rows: Sequence[Scored], threshold: float) -> float:
    """F1 over characters, the mean of comments: as the makers of the set count it."""
    scores = [overlap(characters(spans_of(each, threshold)), characters(each.row.spans or ())) for each in rows]
    return float(np.mean(scores))


def right_word(rows: Sequence[Scored], threshold: float) -> float:
    """The share of comments with marked words of which one at least is named."""
    marked = [each for each in rows if each.row.spans]
    hits = [bool(characters(spans_of(each, threshold)) & characters(each.row.spans or ())) for each in marked]
    return float(np.mean(hits))
