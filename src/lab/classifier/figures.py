"""How good the weights are, on comments that nobody learned from."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .groups import by_group
from .heads import POLICY_HEADS
from .row import is_for_calibration
from .scores import Scored
from .statistics import Numbers, area, stopped_at, threshold_at
from .words import mean_overlap, right_word

Table = dict[str, dict[str, float]]

# Which head answers a set's own question, and from which label on the answer is yes.
_OWN_HEADS: dict[str, tuple[str, float]] = {
    "jigsaw": ("toxic", 0.5),
    "wikipedia-talk": ("toxic", 0.5),
    "reddit-politics": ("uncivil", 0.5),
    "forum-hate": ("forum-hate", 0.5),
    "implicit-hate": ("implicit-hate", 0.5),
    "cmv": ("ad-hominem", 0.5),
    "uli": ("gendered", 0.5),
    "ruddit": ("offensive", 0.5),
    "hatexplain": ("post-offensive", 0.5),
    "berkeley": ("measured-hate", 0.5),
    "edos": ("sexist", 0.5),
    "hatemoji": ("group-hate", 0.5),
    "toxigen": ("group-hate", 0.5),
    "social-bias": ("biased", 0.5),
    "davidson": ("tweet-hate", 0.5),
    "convabuse": ("chat-abuse", 0.5),
    "github": ("work-uncivil", 0.5),
}


def figures(scored: Sequence[Scored], heads: Sequence[str], words_threshold: float) -> Table:
    """All figures: name to what was measured."""
    index = {head: at for at, head in enumerate(heads)}
    by_source: defaultdict[str, list[Scored]] = defaultdict(list)
    for each in scored:
        by_source[each.row.source].append(each)
    written = [*by_source["written-comments"], *by_source["written-comments-more"]]
    table: Table = {}
    for name, rows in (("written", written), ("policy-labels", by_source["policy-labels"])):
        for half, chosen in _halves(rows).items():
            for head in ("abuse", "stacked"):
                if head in index:
                    table[f"{name}, {half}: {head}"] = _of_policy(chosen, index[head])
    everything = [*written, *by_source["policy-labels"]]
    for head in POLICY_HEADS[1:]:
        labels = np.array([each.row.labels[head] > 0.5 for each in everything])
        scores = np.array([each.heads[index[head]] for each in everything])
        table[f"tune: {head}"] = {"rows": len(labels), "yes": int(labels.sum()), "auc": area(scores, labels)}
    for source, (head, line) in _OWN_HEADS.items():
        table[f"{source}: {head}"] = _of_set(by_source[source], head, index[head], line)
        if "stacked" in index:
            table[f"{source}: {head}"]["auc of stacked"] = _of_set(by_source[source], head, index["stacked"], line)["auc"]
    table["uli: aggressive"] = _of_set(by_source["uli"], "aggressive", index["aggressive"], 0.5)
    table["templates"] = _of_templates(by_source["templates"], everything, index)
    spans = by_source["civil-spans"]
    table["words at fault"] = {
        "rows": len(spans),
        "f1": mean_overlap(spans, words_threshold),
        "f1, other half": mean_overlap([each for each in spans if not is_for_calibration(each.row.text)], words_threshold),
        "right word": right_word(spans, words_threshold),
    }
    return table


def _halves(rows: Sequence[Scored]) -> dict[str, list[Scored]]:
    clear = [each for each in rows if each.row.labels["abuse"] != 0.5]
    return {"all": clear, "other half": [each for each in clear if not is_for_calibration(each.row.text)]}


def _of_policy(rows: Sequence[Scored], head: int) -> dict[str, float]:
    scores, labels = _column(rows, head, lambda row: row.row.labels["abuse"] > 0.5)
    return {
        "rows": len(rows),
        "auc": area(scores, labels),
        "stopped at 1%": stopped_at(scores, labels, 0.01),
        "stopped at 3%": stopped_at(scores, labels, 0.03),
        "stopped at 5%": stopped_at(scores, labels, 0.05),
    }


def _of_set(rows: Sequence[Scored], asked: str, head: int, line: float) -> dict[str, float]:
    known = [each for each in rows if asked in each.row.labels]
    scores, labels = _column(known, head, lambda row: row.row.labels[asked] > line)
    return {"rows": len(known), "yes": int(labels.sum()), "auc": area(scores, labels)}


def _of_templates(rows: Sequence[Scored], policy: Sequence[Scored], index: dict[str, int]) -> dict[str, float]:
    clear = [each for each in policy if each.row.labels["abuse"] != 0.5]
    table: dict[str, float] = {"rows": len(rows)}
    for head in ("abuse", "stacked"):
        if head in index:
            scores, labels = _column(clear, index[head], lambda row: row.row.labels["abuse"] > 0.5)
            line = threshold_at(scores, labels, 0.03)
            found, toxic = _column(rows, index[head], lambda row: row.row.labels["toxic"] > 0.5)
            table[f"fair, stopped by {head} at 3%"] = float((found[~toxic] > line).mean())
            table[f"unfair, stopped by {head} at 3%"] = float((found[toxic] > line).mean())
            table[f"auc of {head}"] = area(found, toxic)
            table |= {f"{what} by {head}": value for what, value in by_group(rows, index[head], line).items()}
    found, toxic = _column(rows, index["toxic"], lambda row: row.row.labels["toxic"] > 0.5)
    table["auc of toxic"] = area(found, toxic)
    return table


def _column(rows: Sequence[Scored], head: int, asked: Callable[[Scored], bool]) -> tuple[Numbers, NDArray[np.bool_]]:
    scores = np.array([each.heads[head] for each in rows], np.float32)
    return scores, np.array([asked(each) for each in rows], bool)
