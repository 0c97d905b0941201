"""One step of learning: half the digits where it is fast, all of them where steps are added up."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import torch
from torch import Tensor, nn
from torch.nn import functional

from .lessons import Batch
from .model import CommentModel
from .recipe import WORDS_WEIGHT

# A row weighs the same in a batch of few long comments as in one of many short ones.
_MEAN_BATCH = 64
_CLIPPED_AT = 1.0


class Learner:
    """Steps of AdamW over the weights in full digits; the encoder itself computes in sixteen bits.

    On processors with instructions for such numbers that is three times as fast as thirty-two bits, and autocast,
    which turns numbers to and fro at every step, takes half of that away.
    """

    def __init__(self, model: CommentModel, rate: float, heads_rate: float, threads: int) -> None:
        self._workers = ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,))
        model.encoder.requires_grad_(True)
        model.encoder.pieces.requires_grad_(False)
        model.encoder.positions.requires_grad_(False)
        self._model = model
        self._full = {name: each.detach().clone().float() for name, each in model.named_parameters() if each.requires_grad}
        model.encoder.to(torch.bfloat16)
        self._taught = {name: each for name, each in model.named_parameters() if each.requires_grad}
        of_heads = [each for name, each in self._full.items() if not name.startswith("encoder.")]
        plain = [each for name, each in self._full.items() if name.startswith("encoder.") and each.ndim > 1]
        bare = [each for name, each in self._full.items() if name.startswith("encoder.") and each.ndim == 1]
        groups = [
            {"params": plain, "lr": rate, "weight_decay": 0.01},
            {"params": bare, "lr": rate, "weight_decay": 0.0},
            {"params": of_heads, "lr": heads_rate, "weight_decay": 0.01},
        ]
        self._optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        self._rates = [rate, rate, heads_rate]

    def step(self, batches: Sequence[Batch], share_of_rate: float) -> float:
        """Learns from batches, each on a thread of its own; the mean loss of a row.

        Threads that share a batch wait for each other at every operation; those with a batch each, once a step.
        """
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * share_of_rate
        lessons = list(self._workers.map(self._read, batches))
        for at, each in enumerate(self._full.values()):
            each.grad = lessons[0][1][at].float()
            for _, slopes in lessons[1:]:
                each.grad += slopes[at]
        nn.utils.clip_grad_norm_(self._full.values(), _CLIPPED_AT)
        self._optimizer.step()
        with torch.no_grad():
            for name, each in self._taught.items():
                each.copy_(self._full[name])
        return sum(loss for loss, _ in lessons) / sum(batch.rows for batch in batches)

    def _read(self, batch: Batch) -> tuple[float, Sequence[Tensor]]:
        """The loss of a batch, and which way is down."""
        loss = loss_of(batch, *self._model(batch.ids, batch.mask))
        return loss.item(), torch.autograd.grad(loss / _MEAN_BATCH, list(self._taught.values()))

    def weights(self) -> dict[str, Tensor]:
        """The model's weights in full digits."""
        frozen = {name: each.float() for name, each in self._model.state_dict().items()}
        return frozen | {name: each.detach().clone() for name, each in self._full.items()}

    def state(self) -> dict[str, object]:
        """What a later run needs to go on."""
        return {"weights": self.weights(), "optimizer": self._optimizer.state_dict()}

    def restore(self, state: dict[str, object]) -> None:
        """Goes on from a state that was kept."""
        weights = state["weights"]
        assert isinstance(weights, dict)
        with torch.no_grad():
            for name, each in self._full.items():
                each.copy_(weights[name])
            for name, each in self._taught.items():
                each.copy_(weights[name])
        optimizer = state["optimizer"]
        assert isinstance(optimizer, dict)
        self._optimizer.load_state_dict(optimizer)


def loss_of(batch: Batch, heads: Tensor, words: Tensor) -> Tensor:
    """The loss of all rows together."""
    of_heads = functional.binary_cross_entropy_with_logits(heads, batch.labels, batch.weights, reduction="sum")
    of_words = functional.binary_cross_entropy_with_logits(words, batch.words, batch.word_weights, reduction="sum")
    return of_heads + WORDS_WEIGHT * of_words
