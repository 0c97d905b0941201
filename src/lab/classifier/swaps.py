"""Copies of a comment in which another group stands for the one it names, so that no group's name is a sign of abuse."""

import random
import re

# Each line holds words that can stand in each other's place.
_CLASSES: tuple[str, ...] = (
    "muslims jews christians hindus sikhs buddhists catholics protestants atheists dalits brahmins gays lesbians "
    "immigrants migrants refugees foreigners mexicans indians pakistanis bangladeshis nigerians somalis asians africans "
    "arabs europeans americans russians germans italians turks greeks albanians romanians filipinos gypsies tamils "
    "biharis punjabis gujaratis bengalis kashmiris malayalis feminists pensioners teenagers boomers millennials",
    "muslim jewish christian hindu sikh buddhist catholic atheist dalit brahmin gay lesbian transgender bisexual "
    "immigrant mexican indian pakistani bangladeshi nigerian somali asian african arab european american russian german "
    "italian turkish greek albanian romanian filipino tamil bihari punjabi gujarati bengali kashmiri black white deaf blind",
    "women men",
    "woman man",
    "girl boy",
    "girls boys",
    "she he",
    "mother father",
    "daughter son",
    "wife husband",
    "islam judaism christianity hinduism sikhism buddhism catholicism",
    "mosque temple church synagogue gurdwara",
)
_PEERS: dict[str, tuple[str, ...]] = {
    word: tuple(other for other in line.split() if other != word) for line in _CLASSES for word in line.split()
}
_GROUP = re.compile(r"\b(" + "|".join(sorted(_PEERS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
# A copy that turns he into she and leaves his and him is not English.
_HALF_TURNED = re.compile(r"\b(his|him|her|hers|himself|herself)\b", re.IGNORECASE)
_PRONOUNS = frozenset({"she", "he"})


def swap_groups(text: str, rng: random.Random) -> str:
    """Puts another group in the place of each that the text names: the same one for the same word."""
    chosen: dict[str, str] = {}
    keeps_pronouns = _HALF_TURNED.search(text) is not None

    def other(match: re.Match[str]) -> str:
        word = match.group().lower()
        if word in _PRONOUNS and keeps_pronouns:
            return match.group()
        if word not in chosen:
            chosen[word] = rng.choice(_PEERS[word])
        return _as_written(match.group(), chosen[word])

    return _GROUP.sub(other, text)


def _as_written(model: str, word: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word.capitalize() if model[0].isupper() else word
