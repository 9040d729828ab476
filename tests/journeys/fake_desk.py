"""A desk whose answers are known in advance, and which remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.desk import Person, Reply
from knowledge.messages import Action, Actions, Card, Item, Link, Listing, Message, Note, Part, Phrase, Row, Say


def said(text: str) -> Say:
    return Say(Phrase("echo", {"text": text}), strong=True)


@dataclass(slots=True)
class FakeDesk:
    """Answers a question with its own words. "unsure" offers two choices, "everything" shows every kind of part around
    the question, "boom" raises, "slow" waits for `gate`."""

    asked: list[tuple[str, str, str]] = field(default_factory=list)
    chosen: list[tuple[str, str, str]] = field(default_factory=list)
    rated: list[tuple[str, str, str]] = field(default_factory=list)
    helped: list[str] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    fails: Callable[[], bool] = lambda: False

    def ask(self, text: str, person: Person, thread: str = "", lang: str | None = None) -> Reply:
        self.asked.append((text, person.id, thread))
        if text == "boom":
            raise ZeroDivisionError("secret question text")
        if text == "slow":
            self.gate.wait(10)
        parts: tuple[Part, ...] = (said(f"answer to {text}"),)
        if text == "unsure":
            choices = tuple(Action("choose", {"fr": name}, name) for name in ("accord-a", "accord-b"))
            parts = (said("which one?"), Actions(choices))
        if text.startswith("everything"):
            parts = everything(text)
        return Reply(Message(parts), lang or self.language(person), answer_key="k1")

    def choose(
        self, record_id: str, person: Person, thread: str = "", lang: str | None = None, question: str = ""
    ) -> Reply:
        self.chosen.append((record_id, thread, question))
        if record_id == "boom":
            raise ZeroDivisionError
        return Reply(Message((said(f"chosen {record_id}"),)), lang or "fr", answer_key="k2")

    def why(self, question: str, person: Person, thread: str = "", lang: str | None = None) -> Reply:
        return Reply(Message((said(f"why {question}"),)), lang or "fr")

    def help(self, person: Person, page: str = "", lang: str | None = None) -> Reply:
        self.helped.append(page)
        prompt = Action("prompt", Phrase("echo", {"text": "Et ça ?"}), "et ça ?")
        return Reply(Message((said(f"help {page}".strip()), Actions((prompt,)))), self.language(person))

    def rate(self, answer_key: str, verdict: str, person: Person, lang: str | None = None) -> Reply:
        self.rated.append((answer_key, verdict, person.id))
        return Reply(Message((said(f"thanks [{lang}]"),)), lang or "fr")

    def prompts(self, lang: str) -> tuple[str, ...]:
        return tuple(f"{lang} {number} ?" for number in range(6))

    def language(self, person: Person) -> str:
        return person.lang if person.lang in ("fr", "en") else "fr"


def everything(text: str) -> tuple[Part, ...]:
    both = {"fr": text, "en": text}
    card = Card(text, both, both, both, (Row(both, text),), both, Link(text, "https://source.example/"), None, (), both)
    return (said(text), card, Listing((Item(text, both),), 2), Note(Phrase("echo", {"text": text})))
