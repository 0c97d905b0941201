"""Writes the model as an ONNX graph, in eight bits or in full.

The graph is written by hand: what an exporter makes of the model, and what a quantiser then makes of that, measures
the states of a whole batch with one scale, so that what a comment scores depends on its neighbours. Here every piece
has a scale of its own. A comment scores the same in any batch and with any padding.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from .eight_bits import columns_in_bytes, rows_in_bytes
from .encoder import EPSILON, Shape
from .pieces import LONGEST

Weights = Mapping[str, NDArray[np.float32]]
_OPSET = 17
_IR = 8
# States are bytes around this one; it stands for nothing.
_NOUGHT = 128


class _Writer:
    """Nodes and weights, as they are added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}

    def add(self, kind: str, inputs: Sequence[str], name: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def keep(
        self, name: str, values: NDArray[np.generic] | Sequence[int] | float, kind: type[np.generic] | None = None
    ) -> str:
        if name not in self.weights:
            self.weights[name] = numpy_helper.from_array(np.asarray(values, kind), name)
        return name


def to_graph(weights: Weights, shape: Shape, in_bytes: bool) -> onnx.ModelProto:
    """The model with inputs `ids` and `mask` and outputs `heads` and `words`, all by [batch, length or heads]."""
    writer = _Writer()
    states = _embed(writer, weights, in_bytes)
    _unseen(writer)
    for layer in range(shape.layers):
        states = _layer(writer, weights, shape, layer, states, in_bytes)
    _answer(writer, weights, shape, states)
    heads = weights["heads.bias"].shape[0]
    graph = helper.make_graph(
        writer.nodes,
        "comment",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in ("ids", "mask")],
        [
            helper.make_tensor_value_info("heads", TensorProto.FLOAT, ["batch", heads]),
            helper.make_tensor_value_info("words", TensorProto.FLOAT, ["batch", "length"]),
        ],
        list(writer.weights.values()),
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR, producer_name="stet-lab")
    onnx.checker.check_model(model)
    return model


def _embed(writer: _Writer, weights: Weights, in_bytes: bool) -> str:
    """Pieces and their places, as [batch * length, width]."""
    pieces = weights["encoder.pieces.weight"]
    if in_bytes:
        table = rows_in_bytes(pieces)
        found = writer.add("Gather", [writer.keep("pieces", table.values), "ids"], "pieces.bytes")
        worth = writer.add("Gather", [writer.keep("pieces.worth", table.worth), "ids"], "pieces.worth.found")
        found = writer.add("Cast", [found], "pieces.float", to=TensorProto.FLOAT)
        found = writer.add("Mul", [found, worth], "pieces.found")
    else:
        found = writer.add("Gather", [writer.keep("pieces", pieces), "ids"], "pieces.found")
    length = writer.add(
        "Slice", [writer.add("Shape", ["ids"], "shape"), _ints(writer, 1), _ints(writer, 2), _ints(writer, 0)], "length"
    )
    places = writer.keep("places", weights["encoder.positions.weight"][:LONGEST])
    placed = writer.add("Slice", [places, _ints(writer, 0), length, _ints(writer, 0)], "places.found")
    summed = writer.add("Add", [found, placed], "placed")
    normed = _norm(writer, weights, "encoder.norm", summed)
    width = pieces.shape[1]
    return writer.add("Reshape", [normed, _shape_of(writer, -1, width)], "embedded")


def _unseen(writer: _Writer) -> None:
    """What is seen as numbers, for the mean and for attention; and a nought for each piece of the batch."""
    seen = writer.add("Cast", ["mask"], "mask.float", to=TensorProto.FLOAT)
    writer.add("Unsqueeze", [seen, _ints(writer, 2)], "mask.column")
    missing = writer.add("Sub", [writer.keep("one", 1.0, np.float32), seen], "mask.missing")
    far = writer.add("Mul", [missing, writer.keep("far", -10_000.0, np.float32)], "mask.far")
    row = writer.add("Unsqueeze", [far, writer.keep("axes.middle", [1, 2], np.int64)], "mask.row")
    # Attention wants [batch, 1, length, length]: the same for each piece that attends.
    nothing = writer.add("Mul", [seen, writer.keep("zero", 0.0, np.float32)], "mask.zero")
    column = writer.add("Unsqueeze", [nothing, writer.keep("axes.outer", [1, 3], np.int64)], "mask.zeros")
    writer.add("Add", [row, column], "unseen")
    count = writer.add("ReduceProd", ["shape"], "count", keepdims=1)
    writer.add("Expand", [writer.keep("nought", _NOUGHT, np.uint8), count], "noughts")


def _layer(writer: _Writer, weights: Weights, shape: Shape, at: int, states: str, in_bytes: bool) -> str:
    name = f"encoder.layers.{at}"
    mixed = _linear(writer, weights, f"{name}.mixed", states, in_bytes)
    mixed = writer.add("Add", [mixed, writer.keep(f"{name}.mixed.bias", weights[f"{name}.mixed.bias"])], f"{name}.mixed.out")
    target = writer.add("Concat", ["shape", _shape_of(writer, 3 * shape.width)], f"{name}.target", axis=0)
    mixed = writer.add("Reshape", [mixed, target], f"{name}.by-comment")
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    writer.nodes.append(
        helper.make_node("Split", [mixed, writer.keep("thirds", [shape.width] * 3, np.int64)], parts, axis=2)
    )
    attended = writer.add(
        "MultiHeadAttention",
        [*parts, "", "", "unseen"],
        f"{name}.taken",
        domain="com.microsoft",
        num_heads=shape.heads,
    )
    attended = writer.add("Reshape", [attended, _shape_of(writer, -1, shape.width)], f"{name}.joined")
    attended = _linear(writer, weights, f"{name}.attended", attended, in_bytes)
    states = _add_and_norm(writer, weights, f"{name}.attended", attended, states)
    outward = _linear(writer, weights, f"{name}.outward", states, in_bytes)
    bias = writer.keep(f"{name}.outward.bias", weights[f"{name}.outward.bias"])
    outward = writer.add("BiasGelu", [outward, bias], f"{name}.gelu", domain="com.microsoft")
    back = _linear(writer, weights, f"{name}.back", outward, in_bytes)
    return _add_and_norm(writer, weights, f"{name}.back", back, states)


def _linear(writer: _Writer, weights: Weights, name: str, states: str, in_bytes: bool) -> str:
    """States times a matrix; what is added to that is added by whoever asks."""
    matrix = np.ascontiguousarray(weights[f"{name}.weight"].T)
    if not in_bytes:
        return writer.add("MatMul", [states, writer.keep(f"{name}.weight", matrix)], f"{name}.product")
    table = columns_in_bytes(matrix)
    size = writer.add("Abs", [states], f"{name}.size")
    largest = writer.add("ReduceMax", [size], f"{name}.largest", axes=[1], keepdims=1)
    worth = writer.add("Mul", [largest, writer.keep("unit", 1 / 127, np.float32)], f"{name}.worth")
    scales = writer.add("Reshape", [worth, _shape_of(writer, -1)], f"{name}.scales")
    in_whole = writer.add("QuantizeLinear", [states, scales, "noughts"], f"{name}.bytes", axis=0)
    product = writer.add(
        "MatMulIntegerToFloat",
        [
            in_whole,
            writer.keep(f"{name}.weight", table.values),
            writer.keep("one", 1.0, np.float32),
            writer.keep(f"{name}.weight.worth", table.worth),
            writer.keep("nought", _NOUGHT, np.uint8),
        ],
        f"{name}.product",
        domain="com.microsoft",
    )
    return writer.add("Mul", [product, worth], f"{name}.scaled")


def _add_and_norm(writer: _Writer, weights: Weights, name: str, product: str, states: str) -> str:
    # The runtime has one operation for the three; on a processor it takes four times as long.
    bias = writer.keep(f"{name}.bias", weights[f"{name}.bias"])
    moved = writer.add("Add", [product, bias], f"{name}.out")
    return _norm(writer, weights, f"{name}_norm", writer.add("Add", [moved, states], f"{name}.sum"))


def _norm(writer: _Writer, weights: Weights, name: str, states: str) -> str:
    scale = writer.keep(f"{name}.weight", weights[f"{name}.weight"])
    bias = writer.keep(f"{name}.bias", weights[f"{name}.bias"])
    return writer.add("LayerNormalization", [states, scale, bias], f"{name}.out", axis=-1, epsilon=EPSILON)


def _answer(writer: _Writer, weights: Weights, shape: Shape, states: str) -> None:
    """The heads over the first piece and the mean, and the head over pieces; both in full digits."""
    target = writer.add("Concat", ["shape", _shape_of(writer, shape.width)], "states.target", axis=0)
    states = writer.add("Reshape", [states, target], "states")
    first = writer.add("Gather", [states, writer.keep("at.0", 0, np.int64)], "first", axis=1)
    seen = writer.add("Mul", [states, "mask.column"], "states.seen")
    total = writer.add("ReduceSum", [seen, _ints(writer, 1)], "states.total", keepdims=0)
    count = writer.add("ReduceSum", ["mask.float", _ints(writer, 1)], "states.count", keepdims=1)
    mean = writer.add("Div", [total, count], "mean")
    whole = writer.add("Concat", [first, mean], "whole", axis=1)
    matrix = writer.keep("heads.weight", np.ascontiguousarray(weights["heads.weight"].T))
    asked = writer.add("MatMul", [whole, matrix], "heads.product")
    writer.add("Add", [asked, writer.keep("heads.bias", weights["heads.bias"])], "heads")
    matrix = writer.keep("words.weight", np.ascontiguousarray(weights["words.weight"].T))
    marked = writer.add("MatMul", [states, matrix], "words.product")
    marked = writer.add("Add", [marked, writer.keep("words.bias", weights["words.bias"])], "words.column")
    writer.add("Squeeze", [marked, _ints(writer, 2)], "words")


def _ints(writer: _Writer, value: int) -> str:
    return writer.keep(f"ints.{value}", [value], np.int64)


def _shape_of(writer: _Writer, *sizes: int) -> str:
    return writer.keep("to." + ".".join(map(str, sizes)), list(sizes), np.int64)
