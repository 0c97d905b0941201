"""Comments that were labelled by the policy: the only ones that teach its own heads."""

from collections.abc import Iterator
from pathlib import Path

from ..row import Row
from .tsv import read_table

_KINDS: dict[str, frozenset[str]] = {
    "hate": frozenset({"identity-attack"}),
    "threat": frozenset({"threat", "wish-of-harm", "incitement"}),
    "insult": frozenset({"insult", "contempt"}),
    "profanity": frozenset({"profanity"}),
    "sexual": frozenset({"sexual"}),
    "self-harm": frozenset({"self-harm"}),
    "spam": frozenset({"spam"}),
}
_TARGETS: dict[str, frozenset[str]] = {
    "to-reader": frozenset({"reader"}),
    "to-author": frozenset({"author"}),
    "to-person": frozenset({"participant", "public-figure"}),
    "to-group": frozenset({"group"}),
}


def written(folder: Path) -> Iterator[Row]:
    """Comments written for the project."""
    for name in ("written-comments", "written-comments-more"):
        for each in read_table(folder, name):
            yield _to_row(each, name, each["theme"])


def policy_labels(folder: Path) -> Iterator[Row]:
    """Comments of real readers."""
    for each in read_table(folder, "policy-labels"):
        yield _to_row(each, "policy-labels", each["set"])


def _to_row(each: dict[str, str], source: str, theme: str) -> Row:
    kinds = set(each["kind"].split("|"))
    labels = {"abuse": float(each["toxic"]), "personal": float(each["personal"]), "quoted": float(each["quoted"])}
    labels |= {head: float(bool(kinds & meant)) for head, meant in _KINDS.items()}
    labels |= {head: float(each["target"] in meant) for head, meant in _TARGETS.items()}
    return Row(each["text"], labels, source, each["part"], swaps=True, target=each["target"], about={"theme": theme})
