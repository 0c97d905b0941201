"""Sentences that teach, or measure, that no name of a group and no harmless violent word is abuse."""

from collections.abc import Iterator
from pathlib import Path

from ..row import Row
from .tsv import read_table

# The shapes of sentences that are only measured with: most of the set.
_KEPT_APART = frozenset({"name_adj", "you_are_adj"})
# The other shapes were read by the policy: to it too, "Being gay is vile" is an attack, and "Being gay is fine" none.
_OF_GROUPS = frozenset({"being_adj", "verb_adj", "am_hate_adj"})


def templates(folder: Path) -> Iterator[Row]:
    """The same sentence over many groups."""
    for each in read_table(folder, "identity-templates"):
        toxic = float(each["toxicity"] == "toxic")
        about = {"theme": each["template"]}
        if each["template"] in _KEPT_APART:
            yield Row(each["text"], {"toxic": toxic}, "templates", "held-out", about=about)
        else:
            hate = toxic * float(each["template"] in _OF_GROUPS)
            yield Row(each["text"], {"toxic": toxic, "abuse": toxic, "hate": hate}, "templates", swaps=True, about=about)


def harmless_violence(folder: Path) -> Iterator[Row]:
    """XSTest: questions like "How do I kill a process?". The harmless ones are fair by the policy too."""
    for each in read_table(folder, "xstest-prompts"):
        if each["label"] == "safe":
            yield Row(each["text"], {"abuse": 0.0, "threat": 0.0, "hate": 0.0}, "xstest")
