"""What the transformer is asked about a comment: one head a question, in the order of the outputs."""

# The policy's own questions. Only comments that were labelled by the policy teach them.
POLICY_HEADS: tuple[str, ...] = (
    "abuse",
    "personal",
    "hate",
    "threat",
    "insult",
    "profanity",
    "sexual",
    "self-harm",
    "spam",
    "quoted",
    "to-reader",
    "to-author",
    "to-person",
    "to-group",
)

# What other sets call by names of their own. A label that means something else teaches a head of its own, never the
# policy's: Jigsaw calls any swearing toxic, others call a plain insult no hate.
SET_HEADS: tuple[str, ...] = (
    "toxic",
    "severe",
    "obscene",
    "wiki-threat",
    "wiki-insult",
    "wiki-identity",
    "news-insult",
    "news-identity",
    "news-profane",
    "forum-hate",
    "implicit-hate",
    "uncivil",
    "ad-hominem",
    "gendered",
    "aggressive",
    "offensive",
    "post-hate",
    "post-offensive",
    "measured-hate",
    "sexist",
    "tweet-hate",
    "tweet-offensive",
    "group-hate",
    "biased",
    "lewd",
    "chat-abuse",
    "work-uncivil",
)

HEADS: tuple[str, ...] = POLICY_HEADS + SET_HEADS
INDEX: dict[str, int] = {name: at for at, name in enumerate(HEADS)}
