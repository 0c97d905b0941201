"""Readings to hold a runtime to: texts, their pieces, and what the exported model says of them."""

import onnxruntime

from .markers import AUTHOR, PARTICIPANT
from .pieces import Vocabulary
from .scores import padded

TEXTS: tuple[str, ...] = (
    "The council published its budget on Tuesday, and nobody I know has read it.",
    "You are an absolute idiot.",
    "You are not an idiot, and I never said so.",
    "Muslims are a disease and they should all leave this country.",
    "Only someone like you could write this and still not be embarrassed.",
    "May your house burn with you in it.",
    f"{PARTICIPANT} is a clown.",
    f"Thank you, {AUTHOR}, for a fine piece on the crèche in Málaga!",
    "I earn $4,000 a week from home!!! Click http://example.com/x?y=1 now",
    "THE MINISTER'S SCHEME IS A BLOODY DISGRACE 😡😡",
    "म ठीक हूँ — 我很好 (naïve café, Straße, İstanbul) don't re-read",
    "supercalifragilisticexpialidociousness" * 4,
    "",
)


def golden(session: onnxruntime.InferenceSession, vocabulary: Vocabulary) -> list[dict[str, object]]:
    """Each text with its pieces' numbers and places, and the log odds, rounded to what processors agree on."""
    told: list[dict[str, object]] = []
    for text, pieces in zip(TEXTS, vocabulary.read(TEXTS), strict=True):
        ids, mask = padded([pieces.ids])
        heads, words = session.run(["heads", "words"], {"ids": ids, "mask": mask})
        told.append(
            {
                "text": text,
                "ids": list(pieces.ids),
                "places": [list(each) for each in pieces.places],
                "heads": [round(float(each), 3) for each in heads[0]],
                "words": [round(float(each), 3) for each in words[0]],
            }
        )
    return told
