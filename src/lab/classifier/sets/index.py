"""The only list of sets. None is non-commercial, and none is without a stated licence."""

from collections.abc import Callable, Iterator
from pathlib import Path

from ..row import Row
from . import debate, fairness, hate, news, policy, wikipedia

Reader = Callable[[Path], Iterator[Row]]

# Of two copies with labels for the same heads, the one of the earlier set stays.
SETS: tuple[Reader, ...] = (
    policy.policy_labels,
    policy.written,
    wikipedia.jigsaw,
    wikipedia.talk,
    news.words_at_fault,
    news.kinds,
    hate.forum,
    hate.implicit,
    hate.posts,
    hate.measured,
    hate.sexism,
    hate.emoji,
    hate.seeds,
    hate.biased,
    hate.indian_tweets,
    hate.tweets,
    debate.politics,
    debate.change_my_view,
    debate.offensiveness,
    debate.to_chatbots,
    debate.at_work,
    fairness.templates,
    fairness.harmless_violence,
)
