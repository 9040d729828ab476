"""The log of questions: in memory, or in the file of the base. Implements `knowledge.ports.QuestionLog`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import astuple, replace
from datetime import datetime
from threading import Lock
from typing import Protocol, TypeVar

from knowledge.asked import KeptQuestion, Outcome
from knowledge.storage.codec import moment_from_text, moment_to_text, storable
from knowledge.storage.erasing import Eraser

T = TypeVar("T")
_COLUMNS = '"at", text, lang, band, form, fact, person, thread, answer, verdict, outcome'


class Database(Protocol):
    """The file that other stores live in too: `run` does a piece of work in one transaction, `borrow` lends a connection that
    only reads."""

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T: ...

    def borrow(self) -> AbstractContextManager[sqlite3.Connection]: ...


class SqliteQuestions:
    """In the table `questions`. Raises StoreUnavailable like the store whose file it shares."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, question: KeptQuestion, forget_before: datetime) -> None:
        first, *rest, _ = astuple(question)
        row = (moment_to_text(first), *map(storable, rest))

        def insert(connection: sqlite3.Connection) -> None:
            connection.execute('DELETE FROM questions WHERE "at" < ?', (moment_to_text(forget_before),))
            connection.execute(f"INSERT INTO questions ({_COLUMNS}) VALUES ({', '.join('?' * len(row))})", row)

        self._database.run(insert)

    def expire(self, before: datetime) -> None:
        values = (moment_to_text(before),)
        self._database.run(lambda connection: connection.execute('DELETE FROM questions WHERE "at" < ?', values))

    def rate(self, answer: str, person: str, verdict: str) -> None:
        values = tuple(map(storable, (verdict, answer, person)))
        self._database.run(
            lambda connection: connection.execute(
                "UPDATE questions SET verdict = ? WHERE answer = ? AND person = ?", values
            )
        )

    def settle(self, numbers: Iterable[int], outcome: Outcome) -> None:
        rows = [(outcome, number) for number in numbers]
        self._database.run(
            lambda connection: connection.executemany("UPDATE questions SET outcome = ? WHERE seq = ?", rows)
        )

    def questions(self) -> Sequence[KeptQuestion]:
        with self._database.borrow() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS}, seq FROM questions ORDER BY seq").fetchall()
        return tuple(KeptQuestion(moment_from_text(row[0]), *row[1:]) for row in rows)

    def forget(self, person: str, ids: Sequence[str] = (), names: Sequence[str] = ()) -> int:
        eraser = Eraser((person, *ids), names)

        def drop(connection: sqlite3.Connection) -> int:
            gone = connection.execute("DELETE FROM questions WHERE person = ?", (storable(person),)).rowcount
            for seq, text in connection.execute("SELECT seq, text FROM questions").fetchall():
                if (left := eraser.of_speech(text)) != text:
                    connection.execute("UPDATE questions SET text = ? WHERE seq = ?", (left, seq))
            return gone

        return self._database.run(drop)


class MemoryQuestions:
    """For tests and bases in memory."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[int, KeptQuestion] = {}
        self._count = 0

    def keep(self, question: KeptQuestion, forget_before: datetime) -> None:
        with self._lock:
            self._kept = {seq: kept for seq, kept in self._kept.items() if kept.at >= forget_before}
            self._count += 1
            self._kept[self._count] = replace(question, text=storable(question.text), seq=self._count)

    def expire(self, before: datetime) -> None:
        with self._lock:
            self._kept = {seq: kept for seq, kept in self._kept.items() if kept.at >= before}

    def rate(self, answer: str, person: str, verdict: str) -> None:
        with self._lock:
            for seq, kept in self._kept.items():
                if (kept.answer, kept.person) == (answer, person):
                    self._kept[seq] = replace(kept, verdict=verdict)

    def settle(self, numbers: Iterable[int], outcome: Outcome) -> None:
        with self._lock:
            for seq in self._kept.keys() & set(numbers):
                self._kept[seq] = replace(self._kept[seq], outcome=outcome)

    def questions(self) -> Sequence[KeptQuestion]:
        with self._lock:
            return tuple(self._kept.values())

    def forget(self, person: str, ids: Sequence[str] = (), names: Sequence[str] = ()) -> int:
        eraser = Eraser((person, *ids), names)
        with self._lock:
            left = {seq: kept for seq, kept in self._kept.items() if kept.person != person}
            gone = len(self._kept) - len(left)
            self._kept = {seq: replace(kept, text=eraser.of_speech(kept.text)) for seq, kept in left.items()}
            return gone
