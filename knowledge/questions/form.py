"""The values that a question passes through: asked, understood, answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from knowledge.audience import ANYONE, Viewer
from knowledge.messages import Message

Band = Literal["sure", "unsure", "unknown", "chat"]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a thread is about: the facts of the last answer (the first one in focus), the field asked and the form of the
    question. `text` is the last question as it was put, `whole` the last one that needs no other to be understood; `shown` are the facts last listed or offered, `before` is the fact in focus before.

    Plain JSON-able values, so that a store can keep it; `Topic.dump` and `Topic.load` are inverse.
    """

    facts: tuple[str, ...] = ()
    field: str = ""
    form: str = ""
    lang: str = ""
    text: str = ""
    whole: str = ""
    shown: tuple[str, ...] = ()
    before: str = ""

    def dump(self) -> Mapping[str, Any]:
        """As plain data; tuples become lists."""
        values = ((spec.name, getattr(self, spec.name)) for spec in fields(self))
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values}

    @classmethod
    def load(cls, plain: Mapping[str, Any]) -> Topic:
        """From plain data; what is missing, as in one kept by an older version, is empty."""
        facts, shown = (tuple(map(str, plain.get(key) or ())) for key in ("facts", "shown"))
        texts = {key: str(plain.get(key, "")) for key in ("field", "form", "lang", "text", "whole", "before")}
        return cls(facts=facts, shown=shown, **texts)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came in. `today` is the asker's local day; `lang` overrides detection; `default_lang` is used when
    the text does not tell its language (the person's or the channel's); `viewer` decides which facts are there at all."""

    text: str
    today: date
    lang: str | None = None
    default_lang: str = "fr"
    topic: Topic | None = None
    viewer: Viewer = ANYONE


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply and all that led to it.

    `facts` are record ids, best first; `set` and `count` are given for list and count questions (all that fit, not only
    those shown); `field` and `value` for questions about one field (`value`: ISO date, number or text).
    """

    band: Band
    form: str
    lang: str
    message: Message
    facts: tuple[str, ...] = ()
    set: tuple[str, ...] | None = None
    count: int | None = None
    field: str = ""
    value: str | float | int | None = None
    topic: Topic | None = None
