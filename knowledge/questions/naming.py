"""What the words of a question name, once settled where they may mean two things: "to deal with" names no deal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from knowledge.countries import find_countries
from knowledge.questions.lexicon import Lexicon, Tag, words
from knowledge.search.text import FUNCTION_WORDS_EN, FUNCTION_WORDS_FR, QUESTION_WORDS

_ASKING: Final = (
    frozenset("date dates datait datent dataient jour jours day days quand combien est etait sont le la".split())
    | FUNCTION_WORDS_FR
    | FUNCTION_WORDS_EN
    | QUESTION_WORDS
)
_AIMED: Final = frozenset("vise vises visee visees visent visait visaient".split())
"""Forms of a verb that look like a visit."""
_PER: Final = frozenset(("par", "per", "chaque", "each"))
_AUXILIARIES: Final = frozenset("did does do to would should will which".split())
_BOUNDS: Final = frozenset("from depuis partir until till by since".split())
_IN_PLACE: Final = (
    ("in", "place"),
    ("en", "place"),
    ("sur", "place"),
    ("take", "place"),
    ("takes", "place"),
    ("took", "place"),
)


def named_in(text: str, tokens: Sequence[str], lexicon: Lexicon) -> tuple[Tag, ...]:
    """The tags of a question, of which `text` is what was typed and `tokens` its words as they are read."""
    telling = (tag for tag in lexicon.tag(tokens) if not _merely_asks(tag, tokens))
    return _settled((*telling, *_in_capitals(text, tokens)), tokens)


def _merely_asks(tag: Tag, tokens: Sequence[str]) -> bool:
    """Whether a field is named by words of asking alone ("c'est quand"): that says which sort of value, not which field."""
    covered = tokens[tag.first : tag.last]
    return tag.topic == "field" and _BOUNDS.isdisjoint(covered) and _ASKING.issuperset(covered)


def _settled(tags: Sequence[Tag], tokens: Sequence[str]) -> tuple[Tag, ...]:
    """Where the same words name a kind and a field of several words ("info day"), they mean the field; "to deal with" is no deal,
    a start-up no start, what is "per meeting" asks for no meeting, and what is put in place has no place."""
    tags = [
        tag
        for tag in tags
        if not (tag.topic == "kind" and _is_a_verb(tag, tokens))
        and not (tag.topic in ("kind", "narrower") and tokens[max(0, tag.first - 1)] in _PER)
        and not (tag.topic == "field" and _is_an_idiom(tag, tokens))
    ]
    fields = {(tag.first, tag.last) for tag in tags if tag.topic == "field" and tag.last - tag.first > 1}
    return tuple(tag for tag in tags if tag.topic not in ("kind", "narrower") or (tag.first, tag.last) not in fields)


def _is_an_idiom(tag: Tag, tokens: Sequence[str]) -> bool:
    return (
        tokens[tag.first : tag.first + 2] in (("start", "up"), ("start", "ups"))
        or tokens[max(tag.first - 1, 0) : tag.last] in _IN_PLACE
    )


def _is_a_verb(tag: Tag, tokens: Sequence[str]) -> bool:
    following = tokens[tag.last : tag.last + 1]
    if tokens[tag.first] in _AIMED:
        return True
    return tokens[tag.first] == "deal" and "with" in following and not _AUXILIARIES.isdisjoint(tokens[: tag.first])


def _in_capitals(text: str, tokens: Sequence[str]) -> tuple[Tag, ...]:
    """Countries that only capitals name: "US" where "us" is a pronoun, "UK-FR" where both are codes."""
    tags = []
    for mention in find_countries(text):
        if mention.text.isupper() and len(mention.text) <= 5 and not mention.region:
            for code, word in zip(mention.codes, words(mention.text), strict=False):
                if word in tokens:
                    place = tokens.index(word)
                    tags.append(Tag("country", code, place, place + 1))
    return tuple(tags)
