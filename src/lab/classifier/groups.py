"""Whether the name of a group moves a verdict, on the templates: one sentence, many groups."""

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from .scores import Scored

_FRAME = re.compile(r"^(.+ is a|You are a) (\S+) (.+)$", re.IGNORECASE)
# Of a group with fewer fair sentences, a share says nothing.
_ENOUGH = 20


def by_group(rows: Sequence[Scored], head: int, line: float) -> dict[str, float]:
    """False alarms by group, and how often two groups in one frame have the same verdict.

    @param line the log odds above which a comment is stopped
    """
    fair: defaultdict[str, list[bool]] = defaultdict(list)
    frames: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for each in rows:
        found = _FRAME.match(each.row.text)
        if found is None:
            continue
        stopped = bool(each.heads[head] > line)
        frames[found.group(1), found.group(2)].append(stopped)
        if each.row.labels["toxic"] == 0.0:
            fair[found.group(3)].append(stopped)
    rates = {group: float(np.mean(stopped)) for group, stopped in fair.items() if len(stopped) >= _ENOUGH}
    return {
        "groups": len(rates),
        "mean of groups": float(np.mean(list(rates.values()))),
        "worst group": max(rates.values()),
        "same verdict": float(np.mean([_agreement(stopped) for stopped in frames.values() if len(stopped) > 1])),
    }


def _agreement(stopped: Sequence[bool]) -> float:
    """The share of pairs that agree."""
    yes, no = sum(stopped), len(stopped) - sum(stopped)
    return (yes * (yes - 1) + no * (no - 1)) / (len(stopped) * (len(stopped) - 1))
