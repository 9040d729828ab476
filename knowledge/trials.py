"""What a change would do to the answers, tried in a room of its own before anything is saved. Nobody else gets to see it.

Words alone count: meanings would take longer than a person waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from threading import Lock

from knowledge import keeping
from knowledge.keeping import Preview, Shift
from knowledge.ports import KnowledgeStore
from knowledge.questions import understand
from knowledge.questions.form import Asked
from knowledge.questions.mending import Mender
from knowledge.questions.organisers import Organisers
from knowledge.records import Record
from knowledge.rooms import Room
from knowledge.search.text import stems, words


class Trials:
    """Follows the store like every room. Safe to use from any thread."""

    def __init__(self, organisers: Organisers, store: KnowledgeStore) -> None:
        self._organisers, self._store = organisers, store
        self._room: Room | None = None
        self._lock = Lock()

    def of_record(self, record: Record, questions: Iterable[str], today: date) -> Preview:
        """Which of these questions the record, as it would be, answers that have no sure answer now, and which it would take
        from another."""
        room, asked = self._entered(), _asked(questions, today)
        with room.with_draft(record, self._store) as state:
            answers = ((one, understand.answer_with(record, one, *state)) for one in asked)
            # Only what the draft has a part in needs its answer of today.
            after = {one: found for one, found in answers if found and record.id in (*found.facts, *(found.set or ()))}
        now = room.catch_up(self._store)
        return keeping.previewed(
            record.id, [(one.text, understand.answer(one, *now), then) for one, then in after.items()]
        )

    def of_pair(self, sides: tuple[str, str], questions: Iterable[str], today: date) -> tuple[Shift, ...]:
        """Which of these questions would get another answer with this pair in the glossary."""
        room = self._entered()
        state = room.catch_up(self._store)
        keys = {key for side in sides for word in words(side) for key in stems(word)}
        asked = [one for one in _asked(questions, today) if _speaks_of(keys, one.text, state.mender)]
        before = [understand.answer(one, *state) for one in asked]
        with room.with_pair(sides, self._store) as changed:
            after = [understand.answer(one, *changed) for one in asked]
        return keeping.shifted([(one.text, now, then) for one, now, then in zip(asked, before, after, strict=True)])

    def _entered(self) -> Room:
        with self._lock:
            self._room = self._room or Room(self._organisers)
            return self._room


def _asked(questions: Iterable[str], today: date) -> list[Asked]:
    return [Asked(text, today) for text in dict.fromkeys(questions)]


def _speaks_of(keys: set[str], text: str, mender: Mender) -> bool:
    """Whether a question has a form of one of these words, as typed or mended: a pair means nothing to the others."""
    said = {form for word in words(text) for form in (word, mender.mend(word))}
    return any(not keys.isdisjoint(stems(word)) for word in said)
