"""All labelled comments, each once, and none that is measured with among those that are learned from."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from .row import Row, is_tenth, key_of
from .sets.index import SETS

# Sets that settle the part of a row themselves; of all others a tenth is held out.
_OWN_PARTS = frozenset({"written-comments", "written-comments-more", "policy-labels", "civil-spans", "templates"})


def read_rows(folder: Path) -> list[Row]:
    """Every set of a data folder, without copies.

    A text that is measured with by the policy is never taught under another label; a text that the policy teaches is
    measured with nowhere.
    """
    rows = [_settle_part(row) for each in SETS for row in each(folder) if row.text.strip()]
    return _without_leaks(_without_copies(rows))


def _settle_part(row: Row) -> Row:
    if row.source in _OWN_PARTS or not is_tenth(row.text):
        return row
    return replace(row, part="held-out")


def _without_copies(rows: Iterable[Row]) -> list[Row]:
    """Keeps one of those that answer the same question about the same text."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for row in rows:
        asked = "spans" if row.spans is not None else next(iter(row.labels))
        # Templates differ by their last word alone, and pairs of emoji by a sign: they are no copies.
        key = (asked, row.text if row.source in ("templates", "hatemoji") else key_of(row.text))
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def _without_leaks(rows: list[Row]) -> list[Row]:
    measured = {key_of(row.text) for row in rows if row.part != "learn" and row.source != "templates"}
    tuned = {key_of(row.text) for row in rows if row.part == "tune"}
    by_policy = {key_of(row.text) for row in rows if row.part == "learn" and "abuse" in row.labels}
    kept = []
    for row in rows:
        key = key_of(row.text)
        if row.part == "learn":
            # The policy's own rows are worth more taught than measured with, unless they are of the part to tune by.
            leaks = key in tuned if "abuse" in row.labels else key in measured
        elif row.part == "held-out":
            leaks = key in by_policy
        else:
            leaks = False
        if not leaks:
            kept.append(row)
    return kept
