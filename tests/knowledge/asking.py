"""Two bases to ask, and a way to ask them: the facts that ship with the project, and a made-up network of museums.

The museums share nothing with the shipped facts (another country, a kind of their own, no themes, no glossary): what
works on both is written for neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from knowledge.base import KnowledgeBase, Organisers
from knowledge.countries import load_countries
from knowledge.exchange.facts_files import load_facts
from knowledge.glossary import load_glossary
from knowledge.kinds.reading import load_kinds
from knowledge.messages import Actions, Card, Listing, Note, Part, Say
from knowledge.questions.form import Answer, Asked, Topic
from knowledge.questions.lexicon import Lexicon
from knowledge.questions.mending import Mender
from knowledge.questions.reading import Reading, read
from knowledge.questions.view import View
from knowledge.records import Record, Write
from knowledge.search.common import language_of_words
from knowledge.storage.memory import MemoryStore
from knowledge.vocabulary import load_vocabulary

MUSEUM = Path(__file__).parent / "museum"
SHIPPED_DAY = date(2026, 11, 23)
WINTER = date(2026, 1, 20)
"""A day on which several of the shipped calls are open."""
MUSEUM_DAY = date(2031, 5, 20)
P = TypeVar("P", bound=Part)


class StillClock:
    """Always the same moment."""

    def __init__(self, moment: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


class Asker:
    """Asks one base. `ask(text)` starts a conversation, `ask(text, topic=before.topic)` goes on with it."""

    def __init__(self, base: KnowledgeBase, today: date) -> None:
        self.base, self.today = base, today

    def __call__(
        self,
        text: str,
        today: date | None = None,
        lang: str | None = None,
        topic: Topic | None = None,
        default_lang: str = "fr",
    ) -> Answer:
        return self.base.ask(Asked(text, today or self.today, lang, default_lang, topic))

    def thread(self, *texts: str, today: date | None = None) -> list[Answer]:
        """The answers to questions asked one after the other in one thread."""
        answers: list[Answer] = []
        topic: Topic | None = None
        for text in texts:
            answers.append(self(text, today, topic=topic))
            topic = answers[-1].topic or topic
        return answers

    def state(self) -> tuple[View, Lexicon, Mender]:
        """What the forms of question look at."""
        return self.base._catch_up()

    def read(self, text: str, today: date | None = None, topic: Topic | None = None) -> Reading:
        _, lexicon, mender = self.state()
        return read(Asked(text, today or self.today, topic=topic), lexicon, mender.mend, language_of_words)


def shipped_organisers() -> Organisers:
    """Everything that organises the shipped facts."""
    kinds, wrong = load_kinds()
    themes, more = load_vocabulary()
    assert (wrong, more) == ((), ())
    return Organisers(kinds, themes, load_countries(), load_glossary(), "FR")


@cache
def shipped_records() -> Sequence[Record]:
    organisers = shipped_organisers()
    records, wrong = load_facts(None, organisers.kinds, organisers.themes)
    assert wrong == ()
    return records


def museum_organisers() -> Organisers:
    """The shipped kinds and one of the museums' own; Belgium is home."""
    kinds, wrong = load_kinds([MUSEUM / "exhibition.yaml"])
    assert wrong == ()
    return Organisers(kinds, {}, load_countries(), (), "BE")


@cache
def museum_records() -> Sequence[Record]:
    records, wrong = load_facts([MUSEUM / "facts.yaml"], museum_organisers().kinds, {})
    assert wrong == ()
    return records


def new_base(organisers: Organisers, records: Iterable[Record], store: MemoryStore | None = None) -> KnowledgeBase:
    """A base of its own, to write to. The store holds the facts before the base is built, as in a bot that starts."""
    store, clock = store or MemoryStore(), StillClock()
    store.write([Write("add", record, "tests") for record in records], clock.now())
    return KnowledgeBase(store, organisers, clock)


@cache
def shipped_asker() -> Asker:
    """Asks the shipped facts. Shared by all tests: nobody writes to it."""
    return Asker(new_base(shipped_organisers(), shipped_records()), SHIPPED_DAY)


@cache
def museum_asker() -> Asker:
    """Asks the museums. Shared by all tests: nobody writes to it."""
    return Asker(new_base(museum_organisers(), museum_records()), MUSEUM_DAY)


def parts(answer: Answer, sort: type[P]) -> list[P]:
    return [part for part in answer.message.parts if isinstance(part, sort)]


def card(answer: Answer) -> Card:
    """The one card of an answer."""
    (found,) = parts(answer, Card)
    return found


def listed(answer: Answer) -> list[str]:
    """The facts shown in the listing of an answer."""
    return [item.record_id for part in parts(answer, Listing) for item in part.items]


def offered(answer: Answer) -> list[str]:
    """The facts that an answer offers to click."""
    return [action.value for part in parts(answer, Actions) for action in part.actions]


def said(answer: Answer) -> list[str]:
    """The keys of the paragraphs of an answer, in order."""
    return [part.phrase.key for part in parts(answer, Say)]


def noted(answer: Answer) -> list[str]:
    """The keys of the small print of an answer."""
    return [part.phrase.key for part in parts(answer, Note)]
