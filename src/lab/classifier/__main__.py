"""One command from data to weights: `python3 -m classifier --data FOLDER --out FOLDER --minutes 60`."""

import argparse
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Fetches the base where it is not there yet, learns, and exports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder of the labelled data")
    parser.add_argument("--out", type=Path, required=True, help="folder for the base, the run and the artefact")
    parser.add_argument("--base", default="bge-small-en-v1.5", help="which pretrained encoder")
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--minutes", help="how long to learn")
    length.add_argument("--rows", help="how many rows to learn from")
    options = parser.parse_args()
    base, run, artefact = options.out / options.base, options.out / "run", options.out / "artefact"
    if not (base / "model.safetensors").exists():
        _step("fetch", "--base", options.base, "--out", str(base))
    how_long = ("--minutes", options.minutes) if options.minutes else ("--rows", options.rows)
    _step("train", "--data", options.data, "--base", str(base), "--out", str(run), *how_long)
    _step("export", "--data", options.data, "--base", str(base), "--model", str(run), "--out", str(artefact))


def _step(name: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", f"classifier.{name}", *arguments], check=True)


if __name__ == "__main__":
    main()
