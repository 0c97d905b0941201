"""Reads the gzipped tables of a data folder."""

import gzip
from collections.abc import Iterator
from pathlib import Path


def read_table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of `abuse/NAME.tsv.gz`, each as column to value. Nothing is quoted in these files."""
    with gzip.open(folder / "abuse" / f"{name}.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        columns = next(file).rstrip("\n").split("\t")
        for line in file:
            yield dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))
