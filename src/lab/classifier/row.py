"""A labelled comment, and to which part of the work its text belongs."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_SIGNS = re.compile(r"[^0-9a-z]+")
# Copies of a comment are cut at different lengths; this much of the beginning tells them apart from all others.
_TELLING = 80


@dataclass(frozen=True)
class Row:
    """A comment with what is known of it. A head that is not among the labels is not known."""

    text: str
    labels: Mapping[str, float]
    source: str
    # learn: taught. tune: labelled by the policy, never taught. held-out: a tenth of every other set, never taught.
    part: str = "learn"
    # Places of the words at fault, as (start, end), where readers have marked them.
    spans: Sequence[tuple[int, int]] | None = None
    # Whether the label stays true when a group gives way to another group.
    swaps: bool = False
    # Whom the comment is for, where that is known: a marker may then take the place of the name.
    target: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


def key_of(text: str) -> str:
    """What copies of a text have in common: its beginning, without signs, spaces and capitals."""
    bare = _SIGNS.sub("", text.lower())
    return bare[:_TELLING] or text


def hash_of(text: str, salt: str = "") -> int:
    """A number that is the same for all copies of a text, on every machine."""
    return int.from_bytes(hashlib.sha256(f"{salt}{key_of(text)}".encode()).digest()[:8], "big")


def is_tenth(text: str) -> bool:
    """Whether a text belongs to the tenth that is only measured with."""
    return hash_of(text) % 10 == 0


def is_for_calibration(text: str) -> bool:
    """Halves what nobody learned from: one half settles probabilities, the other tells how good they are."""
    return hash_of(text, "calibration:") % 2 == 0
