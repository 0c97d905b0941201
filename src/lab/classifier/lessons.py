"""Which rows come when: an endless, seeded stream in which every set has its share, in batches of like length."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .copies import copy_of, is_fair
from .heads import HEADS, INDEX
from .pieces import Pieces, Vocabulary
from .recipe import HEAD_WEIGHTS, Share
from .row import Row

# So many rows are drawn at once and put in order of length, so that little is padded.
_DRAWN = 4096
# Pieces of a batch, padding included. Longer comments come in smaller batches.
_BATCH = 1600
# Longer comments are cut here while learning; one in six is longer.
LONGEST = 96


@dataclass(frozen=True)
class Batch:
    """Rows of like length, and what is to be said of them. A weight of zero is a label that is not known."""

    ids: Tensor
    mask: Tensor
    labels: Tensor
    weights: Tensor
    words: Tensor
    word_weights: Tensor
    rows: int


class Lessons:
    """Draws rows by their sets' shares. The same seed and the same shares give the same stream."""

    def __init__(self, rows: Sequence[Row], vocabulary: Vocabulary, seed: int) -> None:
        self._vocabulary = vocabulary
        self._seed = seed
        by_source: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if row.part == "learn":
                by_source[row.source].append(row)
        self._rows = {source: by_source[source] for source in sorted(by_source)}
        self._fair = [row for each in self._rows.values() for row in each if is_fair(row)]
        self._orders: dict[str, tuple[int, list[int]]] = {}
        # How many rows of each set were drawn: all that a later run needs to go on with the same stream.
        self.drawn: dict[str, int] = dict.fromkeys(self._rows, 0)

    def draw(self, shares: Mapping[str, Share]) -> Iterator[Batch]:
        """The next lot of rows, as batches in no order."""
        rng = random.Random(f"{self._seed} {sum(self.drawn.values())}")
        amounts = [len(rows) * shares[source].often for source, rows in self._rows.items()]
        drawn = [self._next(source) for source in rng.choices(list(self._rows), amounts, k=_DRAWN)]
        rows = [copy_of(row, self._fair, rng) for row in drawn]
        pieces = self._vocabulary.read([row.text for row in rows], LONGEST)
        batches = list(_cut(sorted(zip(rows, pieces, strict=True), key=lambda each: len(each[1].ids))))
        rng.shuffle(batches)
        for batch in batches:
            yield to_batch(batch, shares)

    def _next(self, source: str) -> Row:
        rows = self._rows[source]
        turn, place = divmod(self.drawn[source], len(rows))
        self.drawn[source] += 1
        if source not in self._orders or self._orders[source][0] != turn:
            order = list(range(len(rows)))
            random.Random(f"{self._seed} {source} {turn}").shuffle(order)
            self._orders[source] = (turn, order)
        return rows[self._orders[source][1][place]]


def to_batch(rows: Sequence[tuple[Row, Pieces]], shares: Mapping[str, Share]) -> Batch:
    """Pads rows to the longest, and lays out what is known of each."""
    size, length = len(rows), max(len(pieces.ids) for _, pieces in rows)
    ids, mask = np.zeros((size, length), np.int64), np.zeros((size, length), np.int64)
    labels, weights = np.zeros((size, len(HEADS)), np.float32), np.zeros((size, len(HEADS)), np.float32)
    words, word_weights = np.zeros((size, length), np.float32), np.zeros((size, length), np.float32)
    for at, (row, pieces) in enumerate(rows):
        count, worth = len(pieces.ids), shares[row.source].weight
        ids[at, :count], mask[at, :count] = pieces.ids, 1
        for head, label in row.labels.items():
            labels[at, INDEX[head]] = label
            # Where a person should look, the line itself is uncertain.
            unsure = 0.5 if head == "abuse" and label == 0.5 else 1.0
            weights[at, INDEX[head]] = worth * unsure * HEAD_WEIGHTS.get(head, 1.0)
        if row.spans is not None:
            words[at, :count] = at_fault(pieces, row.spans)
            word_weights[at, 1 : count - 1] = worth / max(1, count - 2)
    of = torch.from_numpy
    return Batch(of(ids), of(mask), of(labels), of(weights), of(words), of(word_weights), size)


def at_fault(pieces: Pieces, spans: Sequence[tuple[int, int]]) -> list[float]:
    """For each piece, whether more than half of it was marked."""
    return [
        float(sum(max(0, min(end, to) - max(start, since)) for since, to in spans) * 2 > end - start)
        for start, end in pieces.places
    ]


def _cut(rows: Sequence[tuple[Row, Pieces]]) -> Iterator[Sequence[tuple[Row, Pieces]]]:
    batch: list[tuple[Row, Pieces]] = []
    for each in rows:
        # Rows come by length: the one that is added is the longest.
        if batch and (len(batch) + 1) * len(each[1].ids) > _BATCH:
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch
