"""Copies of a comment that say the same: what the model is taught from, so that it learns what matters in it."""

import random
from collections.abc import Sequence
from dataclasses import replace

from .markers import put_markers
from .row import Row
from .swaps import swap_groups

# How many of the policy's rows come with another group in the place of the one they name.
_SWAPPED = 0.4
# How many come beside a fair comment, before it or after it: length alone says nothing then, nor a calm beginning.
_JOINED = 0.12
# A joined comment is seen whole: no more letters than about 96 pieces.
_LONGEST_JOINED = 380


def is_fair(row: Row) -> bool:
    """Whether the policy has nothing to say of a comment."""
    return row.labels.get("abuse") == 0.0 and row.labels.get("quoted") == 0.0


def copy_of(row: Row, fair: Sequence[Row], rng: random.Random) -> Row:
    """A copy to be taught; the labels are those of the copy.

    @param fair comments that others may be joined with
    """
    if row.spans is not None:
        # Places are known in the text as it was sent, and in no copy of it.
        return row
    copy = replace(row, text=put_markers(row, rng))
    if row.swaps and rng.random() < _SWAPPED:
        copy = replace(copy, text=swap_groups(copy.text, rng))
    if "abuse" in row.labels and fair and rng.random() < _JOINED:
        copy = _join(copy, rng.choice(fair), rng)
    return copy


def _join(row: Row, fair: Row, rng: random.Random) -> Row:
    if len(row.text) + len(fair.text) > _LONGEST_JOINED:
        return row
    pair = [row.text, fair.text]
    rng.shuffle(pair)
    labels = {head: max(label, fair.labels.get(head, 0.0)) for head, label in row.labels.items()}
    return replace(row, text=" ".join(pair), labels=labels)
