"""Debate: how people treat each other in forums, at work and with a machine."""

from collections.abc import Iterator
from pathlib import Path

from ..row import Row
from .tsv import read_table

# The rule of the forum against attacks on a person.
_RUDE = "2"


def politics(folder: Path) -> Iterator[Row]:
    """Reddit on politics, coded by hand."""
    for each in read_table(folder, "reddit-political-incivility"):
        yield Row(each["text"], {"uncivil": float(each["uncivil"])}, "reddit-politics")


def change_my_view(folder: Path) -> Iterator[Row]:
    """Long debate, with what moderators removed for an attack on a person."""
    for each in read_table(folder, "cmv-ad-hominem-threads"):
        yield Row(each["text"], {"ad-hominem": float(each["violated_rule"] == _RUDE)}, "cmv")


def offensiveness(folder: Path) -> Iterator[Row]:
    """Ruddit: comments compared with each other, from -1 to 1."""
    for each in read_table(folder, "ruddit-offensiveness"):
        yield Row(each["text"], {"offensive": (float(each["offensiveness(-1..1)"]) + 1) / 2}, "ruddit")


def to_chatbots(folder: Path) -> Iterator[Row]:
    """ConvAbuse: what people say to a chatbot. Below zero is abuse, between it and one a doubt."""
    for each in read_table(folder, "convabuse"):
        severity = float(each["severity_mean(1..-3)"])
        yield Row(each["text"], {"chat-abuse": min(1.0, max(0.0, 1 - severity))}, "convabuse")


def at_work(folder: Path) -> Iterator[Row]:
    """Issues that were locked: mockery, impatience, entitlement."""
    for each in read_table(folder, "github-incivility-locked-issues"):
        yield Row(each["text"], {"work-uncivil": float(each["tbdf"] != "None")}, "github")
