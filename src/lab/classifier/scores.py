"""What the exported model says of every comment that nobody learned from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from .pieces import Pieces, Vocabulary
from .row import Row

_BATCH = 1024

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Scored:
    """A comment with its log odds, head by head and piece by piece."""

    row: Row
    heads: Numbers
    words: Numbers
    places: Sequence[tuple[int, int]]


def is_measured(row: Row) -> bool:
    """Whether a row is one to measure with."""
    return row.part != "learn"


def open_session(graph: bytes | Path, threads: int) -> onnxruntime.InferenceSession:
    """The runtime over a graph, on so many threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph if isinstance(graph, bytes) else str(graph), options)


def score(session: onnxruntime.InferenceSession, vocabulary: Vocabulary, rows: Sequence[Row]) -> list[Scored]:
    """Reads rows in batches of like length; the answers are in the order of the rows.

    Of a long comment the beginning is read. Where words are sought it is read whole, window by window.
    """
    beginnings = vocabulary.read([row.text for row in rows])
    pieces: list[Pieces] = []
    owners: list[int] = []
    for at, beginning in enumerate(beginnings):
        windows = [beginning] if rows[at].spans is None else vocabulary.windows(rows[at].text)
        pieces.extend(windows)
        owners.extend([at] * len(windows))
    found: list[tuple[Numbers, Numbers] | None] = [None] * len(pieces)
    for batch in _batches(pieces):
        ids, mask = padded([pieces[at].ids for at in batch])
        heads, words = session.run(["heads", "words"], {"ids": ids, "mask": mask})
        for place, at in enumerate(batch):
            found[at] = (heads[place], words[place, : len(pieces[at].ids)])
    scored: list[Scored] = []
    for owner, window, answer in zip(owners, pieces, found, strict=True):
        assert answer is not None
        if len(scored) <= owner:
            scored.append(Scored(rows[owner], answer[0], answer[1], window.places))
        else:
            before = scored[owner]
            words = np.concatenate([before.words, answer[1]])
            scored[owner] = Scored(before.row, before.heads, words, [*before.places, *window.places])
    return scored


def padded(ids: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of pieces as a rectangle, and which of its places are taken."""
    length = max(map(len, ids))
    filled = np.zeros((len(ids), length), np.int64)
    mask = np.zeros_like(filled)
    for at, each in enumerate(ids):
        filled[at, : len(each)], mask[at, : len(each)] = each, 1
    return filled, mask


def _batches(pieces: Sequence[Pieces]) -> Iterator[list[int]]:
    batch: list[int] = []
    for at in sorted(range(len(pieces)), key=lambda each: len(pieces[each].ids)):
        if batch and (len(batch) + 1) * len(pieces[at].ids) > _BATCH:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch
