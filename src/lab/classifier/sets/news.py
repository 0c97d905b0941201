"""Civil Comments: news sites. All were picked as toxic, so no head may learn from them what is toxic at all."""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from ..row import Row
from .tsv import read_table


def kinds(folder: Path) -> Iterator[Row]:
    """The shares of annotators who named a kind: what sets one toxic comment apart from another."""
    for each in read_table(folder, "civil-comments-toxic-types"):
        labels = {
            "news-insult": float(each["share_insult"]),
            "news-identity": float(each["share_identity_attack"]),
            "news-profane": float(each["share_profane"]),
        }
        yield Row(each["text"], labels, "civil-kinds")


def words_at_fault(folder: Path) -> Iterator[Row]:
    """The characters that readers marked. The part that its makers keep for trying is held out here too."""
    for name, part in (("civil-comments-toxic-spans-train", "learn"), ("civil-comments-toxic-spans-dev", "held-out")):
        for each in read_table(folder, name):
            spans = to_spans(json.loads(each["spans"]))
            yield Row(json.loads(each["json_text"]), {}, "civil-spans", part, spans)


def to_spans(offsets: list[int]) -> list[tuple[int, int]]:
    """Runs of character offsets as (start, end), the end excluded."""
    runs = groupby(enumerate(sorted(set(offsets))), lambda pair: pair[1] - pair[0])
    places = [[offset for _, offset in run] for _, run in runs]
    return [(run[0], run[-1] + 1) for run in places]
