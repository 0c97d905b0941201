"""A comment as pieces of the vocabulary, as the service reads it too."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from .markers import MARKERS

LONGEST = 128


@dataclass(frozen=True)
class Pieces:
    """The pieces with the two that frame them, and where each stands in the text."""

    ids: Sequence[int]
    places: Sequence[tuple[int, int]]


class Vocabulary:
    """Lower-casing WordPiece, with the markers as pieces of their own."""

    def __init__(self, base: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._tokenizer.add_special_tokens(list(MARKERS))

    def id_of(self, piece: str) -> int:
        """The number of a piece that the vocabulary has."""
        number = self._tokenizer.token_to_id(piece)
        if number is None:
            raise KeyError(piece)
        return number

    def read(self, texts: Sequence[str], longest: int = LONGEST) -> list[Pieces]:
        """Each text, cut to so many pieces with the frame."""
        read = self._tokenizer.encode_batch(list(texts))
        return [
            Pieces(each.ids, each.offsets)
            if len(each.ids) <= longest
            else Pieces([*each.ids[: longest - 1], each.ids[-1]], [*each.offsets[: longest - 1], each.offsets[-1]])
            for each in read
        ]

    def windows(self, text: str) -> list[Pieces]:
        """The whole of a text, as many readings as it takes."""
        (read,) = self.read([text], 10**6)
        inner = LONGEST - 2
        starts = range(1, max(2, len(read.ids) - 1), inner)
        return [_framed(read, start, min(start + inner, len(read.ids) - 1)) for start in starts]

    def words(self) -> list[str]:
        """All pieces, in the order of their numbers."""
        by_number = sorted((number, piece) for piece, number in self._tokenizer.get_vocab().items())
        return [piece for _, piece in by_number]


def _framed(read: Pieces, start: int, end: int) -> Pieces:
    return Pieces(
        [read.ids[0], *read.ids[start:end], read.ids[-1]],
        [read.places[0], *read.places[start:end], read.places[-1]],
    )
