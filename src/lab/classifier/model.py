"""The encoder with its heads: what is asked of the whole comment, and which words are at fault."""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from .encoder import Encoder, load_encoder
from .heads import HEADS
from .markers import MARKERS, NAMESAKES
from .pieces import Vocabulary

# While it learns, a head does without so many of the numbers that it looks at. The encoder itself leaves nothing out:
# that would halve its speed.
_LEFT_OUT = 0.1


class CommentModel(nn.Module):
    """Log odds: one for each head, and one for each piece that it is at fault."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.shape.width
        self.heads = nn.Linear(2 * width, len(HEADS))
        self.words = nn.Linear(width, 1)
        for layer in (self.heads, self.words):
            nn.init.normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Ids and mask of [batch, length] to [batch, heads] and [batch, length]."""
        states = self.encoder(ids, mask).float()
        seen = mask[:, :, None].float()
        mean = (states * seen).sum(1) / seen.sum(1)
        # The first piece is what the base was taught to sum a text up in; the mean keeps what single words say.
        whole = functional.dropout(torch.cat([states[:, 0], mean], dim=-1), _LEFT_OUT, self.training)
        return self.heads(whole), self.words(states)[:, :, 0]


def fresh_model(base: Path, vocabulary: Vocabulary, keep: tuple[int, ...] | None, seed: int) -> CommentModel:
    """A model before its first lesson: pretrained encoder, heads of chance, markers that read like a name."""
    torch.manual_seed(seed)
    model = CommentModel(load_encoder(base, keep))
    with torch.no_grad():
        pieces = model.encoder.pieces.weight
        name = torch.stack([pieces[vocabulary.id_of(each)] for each in NAMESAKES]).mean(0)
        author = (pieces[vocabulary.id_of("author")] + pieces[vocabulary.id_of("writer")]) / 2
        participant = pieces[vocabulary.id_of("user")]
        for marker, kind in zip(MARKERS, (author, participant), strict=True):
            pieces[vocabulary.id_of(marker)] = (name + kind) / 2
    return model
