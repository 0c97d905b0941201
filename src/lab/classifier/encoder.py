"""The encoder: BERT, written out plainly, since the plain way is the fastest on a processor."""

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

EPSILON = 1e-12


@dataclass(frozen=True)
class Shape:
    """The sizes of an encoder."""

    layers: int
    width: int = 384
    heads: int = 12
    inner: int = 1536
    pieces: int = 30522
    positions: int = 512


class Layer(nn.Module):
    """Attention, then two steps outward and back, each added to what came in."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._heads = shape.heads
        self.mixed = nn.Linear(shape.width, 3 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.attended_norm = nn.LayerNorm(shape.width, EPSILON)
        self.outward = nn.Linear(shape.width, shape.inner)
        self.back = nn.Linear(shape.inner, shape.width)
        self.back_norm = nn.LayerNorm(shape.width, EPSILON)

    def forward(self, states: Tensor, unseen: Tensor) -> Tensor:
        """States of [batch, length, width]; `unseen` is added to what is attended to."""
        batch, length, width = states.shape
        each = width // self._heads
        mixed = self.mixed(states).view(batch, length, 3, self._heads, each).permute(2, 0, 3, 1, 4)
        query, key, value = mixed[0], mixed[1], mixed[2]
        weights = torch.matmul(query * (1 / math.sqrt(each)), key.transpose(-1, -2)) + unseen
        attended = torch.matmul(functional.softmax(weights, dim=-1), value)
        attended = attended.transpose(1, 2).reshape(batch, length, width)
        states = self.attended_norm(states + self.attended(attended))
        normed: Tensor = self.back_norm(states + self.back(functional.gelu(self.outward(states))))
        return normed


class Encoder(nn.Module):
    """Pieces to states."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.pieces, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, EPSILON)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Ids and mask of [batch, length]; what the mask leaves out is never attended to."""
        states: Tensor = self.norm(self.pieces(ids) + self.positions.weight[: ids.shape[1]])
        unseen = ((1 - mask[:, None, None, :]) * -10_000.0).to(states.dtype)
        for layer in self.layers:
            states = layer(states, unseen)
        return states


def load_encoder(folder: Path, keep: tuple[int, ...] | None = None) -> Encoder:
    """An encoder from a folder of pretrained weights.

    @param keep which layers to take, by their place; all where it is left out
    """
    found = {name.removeprefix("bert."): tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()}
    count = 1 + max(int(name.split(".")[2]) for name in found if name.startswith("encoder.layer."))
    kept = tuple(range(count)) if keep is None else keep
    encoder = Encoder(Shape(layers=len(kept)))
    own: dict[str, Tensor] = {
        "pieces.weight": found["embeddings.word_embeddings.weight"],
        # Comments are one sentence each to the encoder: the kind of sentence is a constant, added here once.
        "positions.weight": found["embeddings.position_embeddings.weight"]
        + found["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": found["embeddings.LayerNorm.weight"],
        "norm.bias": found["embeddings.LayerNorm.bias"],
    }
    for at, layer in enumerate(kept):
        source = f"encoder.layer.{layer}."
        for kind in ("weight", "bias"):
            parts = [found[f"{source}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            own[f"layers.{at}.mixed.{kind}"] = torch.cat(parts)
            own[f"layers.{at}.attended.{kind}"] = found[f"{source}attention.output.dense.{kind}"]
            own[f"layers.{at}.attended_norm.{kind}"] = found[f"{source}attention.output.LayerNorm.{kind}"]
            own[f"layers.{at}.outward.{kind}"] = found[f"{source}intermediate.dense.{kind}"]
            own[f"layers.{at}.back.{kind}"] = found[f"{source}output.dense.{kind}"]
            own[f"layers.{at}.back_norm.{kind}"] = found[f"{source}output.LayerNorm.{kind}"]
    encoder.load_state_dict(own)
    return encoder
