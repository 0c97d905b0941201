"""Markers: what the model sees in place of the names of those who are present.

Two pieces of the vocabulary that nothing uses stand for the author of the article and for a participant of the
discussion. Handles of social networks are participants; in comments that are known to be for the author or for a
participant, some of the words that name them give way to the marker.
"""

import random
import re

from .row import Row

AUTHOR = "[unused1]"
PARTICIPANT = "[unused2]"
MARKERS = (AUTHOR, PARTICIPANT)
# A marker begins with what these names have in common for the model, and is not taught.
NAMESAKES = ("john", "david", "sarah", "mary", "peter", "anna", "ahmed", "maria", "singh", "smith")

_HANDLE = re.compile(r"<handle replaced>|<user>|@user\b|\[user\]|(?<![\w.])@\w{2,}", re.IGNORECASE)
_AUTHOR = re.compile(
    r"\b(?:the|this|your|our|that) (?:author|columnist|writer|journalist|reporter|editor|reviewer|correspondent|critic)\b",
    re.IGNORECASE,
)
# A name that is called: before a comma at the start, between commas or before the end of a sentence.
_CALLED = re.compile(r"^[A-Z][a-z]{2,}(?=,)|(?<=, )[A-Z][a-z]{2,}(?=[,.!?])|\b(?:Mr|Mrs|Ms|Dr|Prof|Shri|Smt)\.? [A-Z][a-z]+")
# What stands in the place of a name without being one.
_NO_NAMES = frozenset(
    "Sir Madam Dear Sorry Well Yes Yeah Look Oh Honestly Frankly Seriously Sure Please Thanks God Lord Jesus Christ India "
    "Hello Listen Ah Now Indeed Congratulations Okay Right Great Nice Still Perhaps Sadly Actually Anyway First Finally "
    "Today Yesterday Once True Fine Bravo Wow Hey Aye Nope Delhi Mumbai Chennai London Monday Tuesday Wednesday Thursday "
    "Friday Saturday Sunday America Pakistan England Maybe However Meanwhile Remember".split()
)


def put_markers(row: Row, rng: random.Random) -> str:
    """A copy of the text in which about half of what can give way to a marker has done so."""
    text = _HANDLE.sub(lambda match: PARTICIPANT if rng.random() < 0.6 else match.group(), row.text)
    if row.target == "author" and rng.random() < 0.5:
        text = _AUTHOR.sub(AUTHOR, text)
    if row.target in ("reader", "participant") and rng.random() < 0.6:
        text = _CALLED.sub(lambda match: match.group() if match.group() in _NO_NAMES else PARTICIPANT, text)
    return text
