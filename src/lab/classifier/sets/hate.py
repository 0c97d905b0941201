"""Sets about hatred of groups, each with its own idea of what that is."""

from collections.abc import Iterator
from pathlib import Path

from ..row import Row
from .tsv import read_table


def forum(folder: Path) -> Iterator[Row]:
    """Sentences of a forum of white supremacists. What needs its neighbours to be judged is left out."""
    for each in read_table(folder, "forum-hate-sentences"):
        if each["label"] in ("hate", "noHate"):
            yield Row(each["text"], {"forum-hate": float(each["label"] == "hate")}, "forum-hate")


def implicit(folder: Path) -> Iterator[Row]:
    """Hate that mostly does without slurs."""
    for each in read_table(folder, "implicit-hate"):
        yield Row(each["text"], {"implicit-hate": float(each["class"] != "not_hate")}, "implicit-hate")


def posts(folder: Path) -> Iterator[Row]:
    """HateXplain: posts of Gab and Twitter."""
    for each in read_table(folder, "hatexplain-magpie"):
        labels = {"post-hate": float(each["label"] == "hate"), "post-offensive": float(each["label"] != "normal")}
        yield Row(each["text"], labels, "hatexplain")


def measured(folder: Path) -> Iterator[Row]:
    """Berkeley's measuring of hate speech: a plain insult is none."""
    for each in read_table(folder, "berkeley-measuring-hate-binary"):
        yield Row(each["text"], {"measured-hate": float(each["hate"])}, "berkeley")


def sexism(folder: Path) -> Iterator[Row]:
    """EDOS: what is not sexist may well be abuse of another kind."""
    for each in read_table(folder, "edos-sexism"):
        yield Row(each["text"], {"sexist": float(each["sexist"] == "sexist")}, "edos")


def emoji(folder: Path) -> Iterator[Row]:
    """Hatemoji: pairs that differ by one sign or word."""
    for each in read_table(folder, "hatemoji-build"):
        yield Row(each["text"], {"group-hate": float(each["hate"])}, "hatemoji")


def seeds(folder: Path) -> Iterator[Row]:
    """ToxiGen: sentences about minorities, hateful and neutral."""
    for each in read_table(folder, "toxigen-prompt-sentences"):
        yield Row(each["text"], {"group-hate": float(each["label"] == "hate")}, "toxigen")


def biased(folder: Path) -> Iterator[Row]:
    """Social bias frames: what may offend, and what is lewd."""
    for each in read_table(folder, "sbic-dev-social-bias-frames"):
        shares = {"biased": each["offensive"], "lewd": each["sexual"]}
        labels = {head: float(share) for head, share in shares.items() if share}
        if labels:
            yield Row(each["text"], labels, "social-bias")


def indian_tweets(folder: Path) -> Iterator[Row]:
    """Uli: Indian Twitter in English, abuse of women first of all."""
    for each in read_table(folder, "uli-english"):
        labels = {"gendered": float(each["gendered_abuse"]), "aggressive": float(each["explicit_aggressive"])}
        yield Row(each["text"], labels, "uli")


def tweets(folder: Path) -> Iterator[Row]:
    """Davidson's tweets, found by words of abuse."""
    for each in read_table(folder, "davidson-tweets"):
        labels = {"tweet-hate": float(each["class"] == "hate"), "tweet-offensive": float(each["class"] != "neither")}
        yield Row(each["text"], labels, "davidson")
