"""Who speaks to the desk, and what it says back."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.audience import ANYONE, Viewer
from knowledge.messages import Message
from knowledge.questions.form import Answer


@dataclass(frozen=True, slots=True)
class Person:
    """Who speaks: an opaque id, the language they set or None, and from where and with which rights they look at facts."""

    id: str
    lang: str | None = None
    viewer: Viewer = ANYONE


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say back. `answer_key` names the answer for feedback; empty where rating makes no sense."""

    message: Message
    lang: str
    answer_key: str = ""
    answer: Answer | None = None
