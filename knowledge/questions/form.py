"""The values that a question passes through: asked, understood, answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from knowledge.audience import ANYONE, Viewer
from knowledge.messages import Message

Band = Literal["sure", "unsure", "unknown", "chat"]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a thread is about: the facts last shown (the first one in focus), the field asked and the form of the question.

    Plain JSON-able values, so that a store can keep it; `Topic.dump` and `Topic.load` are inverse.
    """

    facts: tuple[str, ...] = ()
    field: str = ""
    form: str = ""
    lang: str = ""
    text: str = ""

    def dump(self) -> Mapping[str, Any]:
        return {"facts": list(self.facts), "field": self.field, "form": self.form, "lang": self.lang, "text": self.text}

    @classmethod
    def load(cls, plain: Mapping[str, Any]) -> Topic:
        return cls(
            tuple(plain.get("facts", ())), *(str(plain.get(key, "")) for key in ("field", "form", "lang", "text"))
        )


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
