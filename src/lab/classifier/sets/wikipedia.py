"""Talk pages of Wikipedia, labelled by crowds: any swearing is called toxic."""

from collections.abc import Iterator
from pathlib import Path

from ..row import Row
from .tsv import read_table

_SIX = {
    "toxic": "toxic",
    "severe_toxic": "severe",
    "obscene": "obscene",
    "threat": "wiki-threat",
    "insult": "wiki-insult",
    "identity_hate": "wiki-identity",
}


def jigsaw(folder: Path) -> Iterator[Row]:
    """Parts of the Jigsaw set; those with six labels come first, so that copies with one label give way to them."""
    for name in ("jigsaw-six-labels", "jigsaw-six-labels-more"):
        for each in read_table(folder, name):
            yield Row(each["text"], {head: float(each[column]) for column, head in _SIX.items()}, "jigsaw")
    for name in ("jigsaw-balanced", "jigsaw-sample"):
        for each in read_table(folder, name):
            yield Row(each["text"], {"toxic": float(each["toxic"])}, "jigsaw")
    for each in read_table(folder, "wikipedia-toxicity-train"):
        yield Row(each["text"], {"toxic": float(each["toxic"] == "True")}, "jigsaw")


def talk(folder: Path) -> Iterator[Row]:
    """Comments with the share of annotators who called them toxic."""
    for each in read_table(folder, "wikipedia-talk-toxicity"):
        yield Row(each["text"], {"toxic": float(each["toxic"])}, "wikipedia-talk")
