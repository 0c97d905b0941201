"""How often each set is seen, and how much its labels weigh."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """How a set is taught."""

    # How often a row is seen where a set of mean worth is seen once.
    often: float
    # How much a row weighs in the loss.
    weight: float = 1.0


# What the policy has labelled comes again and again; a set that is far from comments of a newspaper comes in part.
# Rare sets that stand near it (forums, long debate) are seen whole.
BROAD: dict[str, Share] = {
    "policy-labels": Share(2.5),
    "written-comments": Share(1.5),
    "written-comments-more": Share(2.0),
    "jigsaw": Share(0.9),
    "wikipedia-talk": Share(0.35),
    "civil-spans": Share(1.2),
    "civil-kinds": Share(0.4, 0.6),
    "forum-hate": Share(1.3),
    "implicit-hate": Share(1.0),
    "hatexplain": Share(0.7, 0.8),
    "berkeley": Share(0.5, 0.8),
    "edos": Share(0.6, 0.8),
    "hatemoji": Share(1.5),
    "toxigen": Share(4.0),
    "social-bias": Share(1.0),
    "uli": Share(1.2),
    "davidson": Share(0.25, 0.6),
    "reddit-politics": Share(2.0),
    "cmv": Share(0.9),
    "ruddit": Share(1.5),
    "convabuse": Share(0.5, 0.5),
    "github": Share(0.4, 0.5),
    "templates": Share(1.0, 0.3),
    "xstest": Share(3.0),
}

# The last stretch is the policy's: what comes last is known best.
_BY_POLICY = frozenset({"policy-labels", "written-comments", "written-comments-more"})
POLICY: dict[str, Share] = {
    source: Share(share.often * (2.0 if source in _BY_POLICY else 0.5), share.weight) for source, share in BROAD.items()
}

# From which part of a run on the last stretch is taught.
POLICY_FROM = 0.65

# The policy's question is worth more than each of those about its grounds, of which a row answers thirteen at once.
HEAD_WEIGHTS: dict[str, float] = {
    "abuse": 1.5,
    "personal": 0.4,
    "hate": 0.4,
    "threat": 0.4,
    "insult": 0.4,
    "profanity": 0.3,
    "sexual": 0.3,
    "self-harm": 0.2,
    "spam": 0.2,
    "quoted": 0.2,
    "to-reader": 0.3,
    "to-author": 0.3,
    "to-person": 0.3,
    "to-group": 0.3,
    "severe": 0.3,
    "obscene": 0.4,
    "wiki-threat": 0.3,
    "wiki-insult": 0.5,
    "wiki-identity": 0.3,
    "news-insult": 0.5,
    "news-identity": 0.5,
    "news-profane": 0.5,
    "post-hate": 0.6,
    "post-offensive": 0.6,
    "tweet-hate": 0.5,
    "tweet-offensive": 0.5,
    # Offensiveness and abuse of women are what a judge of comments can use most of what these sets say.
    "offensive": 2.0,
}

# All places of a comment together weigh as much as this many heads.
WORDS_WEIGHT = 2.0
