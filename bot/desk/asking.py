"""Asking, choosing among offered facts, reading the guide, rating an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.desk.glossary import Glossary, glossary_actions
from bot.desk.tuning import tuning_actions
from bot.desk.values import Person, Reply
from bot.help import help_message
from knowledge.asked import KeptQuestion
from knowledge.messages import Message, Note, Part, Phrase, Say
from knowledge.plain_values import clean
from knowledge.ports import Clock, QuestionLog, ThreadStore
from knowledge.questions.form import Answer, Asked, Topic
from knowledge.records import Record

QUESTION_LIMIT = 300
TOPIC_LIFE = timedelta(hours=12)


class Base(Protocol):
    """The part of the knowledge base that the desk uses."""

    def ask(self, asked: Asked) -> Answer: ...

    def show(self, record_id: str, asked: Asked) -> Answer: ...

    def why(self, asked: Asked) -> tuple[Phrase, ...]: ...

    def record(self, record_id: str) -> Record | None: ...

    @property
    def glossary(self) -> Glossary: ...


class Desk:
    """Answers people. `secret` salts the pseudonyms under which ratings are kept."""

    def __init__(
        self,
        base: Base,
        threads: ThreadStore,
        clock: Clock,
        zone: str,
        languages: tuple[str, ...],
        prompts: Mapping[str, tuple[str, ...]],
        secret: str = "",
        log: QuestionLog | None = None,
        keep_text: bool = False,
        keep_days: int = 30,
    ) -> None:
        self._base, self._threads, self._clock = base, threads, clock
        self._zone, self._languages = ZoneInfo(zone), languages
        self._prompts, self._secret = prompts, secret
        self._log, self._keep_text, self._keeps = log, keep_text, timedelta(days=keep_days)

    def ask(self, text: str, person: Person, thread: str = "", lang: str | None = None) -> Reply:
        """Answers a question. `thread` names the conversation it belongs to; what it is about is kept there for a while."""
        question = clean(text)
        answer = self._base.ask(self._asked(question[:QUESTION_LIMIT], person, thread, lang))
        if answer.form == "help":
            return self.help(person, lang=answer.lang)
        if len(question) > QUESTION_LIMIT:
            cut = Note(Phrase("truncated.question", {"limit": QUESTION_LIMIT}))
            answer = replace(answer, message=Message((*answer.message.parts, cut)))
        reply = self._reply(answer, thread, question, person)
        self._note(reply, question, person, thread)
        return reply

    def choose(
        self, record_id: str, person: Person, thread: str = "", lang: str | None = None, question: str = ""
    ) -> Reply:
        """Answers with the fact that the person clicked among the choices of an unsure answer."""
        asked = self._asked(clean(question), person, thread, lang)
        return self._reply(self._base.show(record_id, asked), thread, asked.text, person)

    def why(self, question: str, person: Person, thread: str = "", lang: str | None = None) -> Reply:
        """What led to the answer of a question that was asked in this conversation."""
        asked = self._asked(clean(question)[:QUESTION_LIMIT], person, thread, lang)
        topic = replace(asked.topic, text="") if asked.topic is not None else None
        lines = self._base.why(replace(asked, topic=topic))
        parts: tuple[Part, ...] = (Say(Phrase("why.lead"), strong=True), *map(Note, lines))
        language = lang or self.language(person)
        if person.viewer.coordinator:
            answer = self._base.ask(replace(asked, topic=topic))
            parts += tuning_actions(answer.facts, self._base)
            parts += glossary_actions(asked.text, answer.facts, self._base, answer.lang)
        return Reply(Message(parts), language)

    def help(self, person: Person, page: str = "", lang: str | None = None) -> Reply:
        """The help page of that name, or the start page."""
        language = lang or self.language(person)
        return Reply(help_message(page, language), language)

    def rate(self, answer_key: str, verdict: str, person: Person, lang: str | None = None) -> Reply:
        """Keeps a thumb up ("good") or down ("bad") on an answer and thanks the person."""
        self._threads.add_feedback(answer_key, self.pseudonym(person), verdict, self._clock.now())
        if self._log is not None:
            self._log.rate(answer_key, self.pseudonym(person), verdict)
        return Reply(Message((Say(Phrase("feedback.thanks")),)), lang or self.language(person))

    def tidy(self) -> None:
        """Drops what has been kept for its time, also where nobody asks anything any more."""
        now = self._clock.now()
        self._threads.expire(now)
        if self._log is not None:
            self._log.expire(now - self._keeps)

    def prompts(self, lang: str) -> tuple[str, ...]:
        """At most four questions that work on this base, to suggest in a new conversation."""
        return self._prompts.get(lang, ())[:4]

    def language(self, person: Person) -> str:
        return person.lang if person.lang in self._languages else self._languages[0]

    def pseudonym(self, person: Person) -> str:
        return hashlib.sha256(f"{self._secret}:{person.id}".encode()).hexdigest()[:16]

    def today(self) -> date:
        """The day it is where the programme is."""
        return self._clock.now().astimezone(self._zone).date()

    def _asked(self, question: str, person: Person, thread: str, lang: str | None) -> Asked:
        return Asked(question, self.today(), lang, self.language(person), self._topic(thread), person.viewer)

    def _reply(self, answer: Answer, thread: str, question: str, person: Person) -> Reply:
        if thread and answer.topic is not None:
            now = self._clock.now()
            self._threads.keep_topic(thread, answer.topic.dump(), now + TOPIC_LIFE, self.pseudonym(person))
        rated = answer.band in ("sure", "unknown")
        return Reply(answer.message, answer.lang, self._key(answer, question) if rated else "", answer)

    def _note(self, reply: Reply, question: str, person: Person, thread: str) -> None:
        """Keeps the question, for the coordinators to see what is asked and what finds no answer."""
        answer = reply.answer
        if self._log is None or answer is None or answer.band == "chat":
            return
        now = self._clock.now()
        kept = KeptQuestion(
            at=now,
            text=question if self._keep_text else "",
            lang=answer.lang,
            band=answer.band,
            form=answer.form,
            fact=answer.facts[0] if answer.facts and answer.band == "sure" else "",
            person=self.pseudonym(person),
            thread=thread,
            answer=reply.answer_key,
        )
        self._log.keep(kept, now - self._keeps)

    def _key(self, answer: Answer, question: str) -> str:
        """Names an answer for ratings without keeping the question: a digest of both, and the facts shown."""
        digest = hashlib.sha256(f"{self._secret}:{question}".encode()).hexdigest()[:12]
        return ":".join((answer.form, digest, *answer.facts[:1]))

    def _topic(self, thread: str) -> Topic | None:
        kept = self._threads.topic(thread, self._clock.now()) if thread else None
        return Topic.load(kept) if kept else None
