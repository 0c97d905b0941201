"""Sentences that teach, or measure, that no name of a group and no harmless violent word is abuse."""

from collections.abc import Iterator
from pathlib import Path

from ..row import Row
from .tsv import read_table

# The shapes of sentences that are only measured with: most of the set.
_KEPT_APART = frozenset({"name_adj", "you_are_adj"})


def templates(folder: Path) -> Iterator[Row]:
    """The same sentence over many groups."""
    for each in read_table(folder, "identity-templates"):
        toxic = float(each["toxicity"] == "toxic")
        part = "held-out" if each["template"] in _KEPT_APART else "learn"
        yield Row(each["text"], {"toxic": toxic}, "templates", part, swaps=True, about={"theme": each["template"]})


def harmless_violence(folder: Path) -> Iterator[Row]:
    """XSTest: questions like "How do I kill a process?". Only the harmless ones say something about comments."""
    for each in read_table(folder, "xstest-prompts"):
        if each["label"] == "safe":
            yield Row(each["text"], {"threat": 0.0, "hate": 0.0}, "xstest")
