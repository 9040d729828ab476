"""The glossary of the team: pairs of words added from an answer or a command, listed, and taken out again.

Before a pair counts, the questions whose answers must stay are asked with it. Where one would be answered otherwise, nothing
is saved and it is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.desk.tuning import questions_that_stay
from knowledge.glossary_pairs import GlossaryPair, read_pair
from knowledge.keeping import Shift
from knowledge.messages import Action, Actions, Message, Note, Part, Phrase, Say
from knowledge.ports import QuestionLog, StoreUnavailable
from knowledge.records import FORMER_MEMBER, Record

SHOWN: Final = 20
"""Pairs that one reply lists."""
OFFERED: Final = 3
"""Pairs that are proposed under an explanation."""
NAMED: Final = 3
"""Questions that are named when a pair would change their answers."""
_RECENT: Final = 3
Names = Callable[[str], str]
"""What people are called, by their id."""


class Glossary(Protocol):
    """The part of `knowledge.team_glossary.TeamGlossary` that is used here."""

    def pairs(self) -> Sequence[GlossaryPair]: ...

    def check(self, said: str, means: str) -> tuple[str, str] | Phrase: ...

    def preview(self, sides: tuple[str, str], questions: Iterable[str], today: date) -> tuple[Shift, ...]: ...

    def add(self, sides: tuple[str, str], by: str) -> GlossaryPair | None: ...

    def remove(self, number: int, by: str) -> GlossaryPair | None: ...

    def proposals(self, text: str, record_id: str, titles: Iterable[str]) -> tuple[tuple[str, str], ...]: ...


class Base(Protocol):
    """The part of the knowledge base that is used here."""

    @property
    def glossary(self) -> Glossary: ...

    def record(self, record_id: str) -> Record | None: ...


def glossary_actions(question: str, facts: Sequence[str], base: Base, lang: str) -> tuple[Part, ...]:
    """Buttons that add a pair which brings the question nearer to a fact of its answer, and one to write another pair."""
    found: list[tuple[str, str]] = []
    for record in filter(None, map(base.record, facts[:OFFERED])):
        title = record.titles.get(lang) or next(iter(record.titles.values()), "")
        found += base.glossary.proposals(question, record.id, (title,))[:OFFERED]
    pairs = [Action("pair", _shown(*sides), " = ".join(sides)) for sides in dict.fromkeys(found)][:OFFERED]
    return (Say(Phrase("glossary.offer")), Actions((*pairs, Action("pair_form", Phrase("glossary.other"), ""))))


class GlossaryDesk:
    """`golden` gives the questions whose answers must stay; those that the log keeps count with them."""

    def __init__(
        self,
        base: Base,
        log: QuestionLog,
        today: Callable[[], date],
        golden: Callable[[], Sequence[str]],
        zone: str = "Europe/Paris",
    ) -> None:
        self._base, self._log, self._today, self._golden, self._zone = base, log, today, golden, ZoneInfo(zone)

    def problem(self, text: str) -> Phrase | None:
        """Why what was typed is no pair to add; None where it is one."""
        sides = read_pair(text)
        found = self._base.glossary.check(*sides) if sides else Phrase("glossary.usage")
        return found if isinstance(found, Phrase) else None

    def add(self, text: str, by: str, *, anyway: bool = False) -> Message:
        """Adds the pair "pacte = accord" and says so; or says which questions would be answered otherwise, with a button to add
        it `anyway`, or why nothing was changed."""
        sides = read_pair(text)
        found = self._base.glossary.check(*sides) if sides else Phrase("glossary.usage")
        if isinstance(found, Phrase):
            return _one(found)
        about = dict(zip(("said", "means"), found, strict=True))
        questions = () if anyway else questions_that_stay(self._golden(), self._log)
        changed = self._base.glossary.preview(found, questions, self._today()) if questions else ()
        if changed:
            return self._warning(changed, found)
        try:
            pair = self._base.glossary.add(found, by)
        except StoreUnavailable:
            return _one(Phrase("error.store"))
        if pair is None:
            return _one(Phrase("glossary.known", about))
        said = (
            Phrase("glossary.added_anyway", about)
            if anyway
            else Phrase("glossary.added", {"count": len(questions), **about})
        )
        return Message((Say(said), Actions((_removal(pair, Phrase("glossary.remove")),))))

    def remove(self, words: str, by: str) -> Message:
        """Takes out the pair of that number, or the one with these words; says so, with a button to put it back."""
        pair = self._named(words)
        if pair is None:
            return _one(Phrase("glossary.none_such", {"words": words}))
        try:
            gone = self._base.glossary.remove(pair.number, by)
        except StoreUnavailable:
            return _one(Phrase("error.store"))
        if gone is None:
            return _one(Phrase("glossary.none_such", {"words": words}))
        back = Action("pair_anyway", Phrase("glossary.put_back"), " = ".join(gone.sides))
        return Message((Say(Phrase("glossary.removed", {"said": gone.said, "means": gone.means})), Actions((back,))))

    def listing(self, name: Names = str, words: str = "") -> Message:
        """The pairs in force, the newest first, each with who added it, when, and a button to take it out; those with these
        words only, where some are given. Then those taken out last."""
        pairs = self._base.glossary.pairs()
        found = [pair for pair in reversed(pairs) if pair.in_force and _holds(pair, words)]
        if not found:
            nothing = Phrase("glossary.none_such", {"words": words}) if words else Phrase("glossary.empty_list")
            return Message((Say(nothing), Note(Phrase("glossary.usage")), *self._gone(pairs, name)))
        parts: list[Part] = [Say(Phrase("glossary.lead", {"count": len(found)}), strong=True)]
        for pair in found[:SHOWN]:
            parts += (Say(self._line("glossary.pair", pair, pair.by, pair.at, name)),)
        parts.append(Actions(tuple(_removal(pair, _shown(*pair.sides)) for pair in found[:SHOWN])))
        if len(found) > SHOWN:
            parts.append(Note(Phrase("slack.more", {"shown": SHOWN, "total": len(found)})))
        return Message((*parts, *self._gone(pairs, name), Note(Phrase("glossary.usage"))))

    def _gone(self, pairs: Sequence[GlossaryPair], name: Names) -> Iterable[Part]:
        removed = sorted((pair for pair in pairs if not pair.in_force), key=lambda pair: str(pair.removed_at))
        for pair in removed[: -_RECENT - 1 : -1]:
            yield Note(self._line("glossary.gone", pair, pair.removed_by, pair.removed_at, name))

    def _line(self, key: str, pair: GlossaryPair, by: str, at: object, name: Names) -> Phrase:
        who: object = Phrase("card.former_member") if by == FORMER_MEMBER else name(by)
        moment = at.astimezone(self._zone) if hasattr(at, "astimezone") else at
        return Phrase(key, {"said": pair.said, "means": pair.means, "who": who, "at": moment})

    def _named(self, words: str) -> GlossaryPair | None:
        in_force = [pair for pair in self._base.glossary.pairs() if pair.in_force]
        wanted = words.strip()
        if wanted.isdecimal():
            return next((pair for pair in in_force if pair.number == int(wanted[:15])), None)
        sides = read_pair(wanted)
        exact = [pair for pair in in_force if (pair.sides == sides if sides else wanted in pair.sides)]
        return exact[0] if len(exact) == 1 else None

    def _warning(self, changed: Sequence[Shift], sides: tuple[str, str]) -> Message:
        about = dict(zip(("said", "means"), sides, strict=True))
        parts: list[Part] = [Say(Phrase("glossary.would_change", {"count": len(changed), **about}))]
        parts += [
            Note(
                Phrase(
                    "glossary.shift",
                    {"question": one.question, "now": self._title(one.now), "then": self._title(one.then)},
                )
            )
            for one in changed[:NAMED]
        ]
        parts.append(Actions((Action("pair_anyway", Phrase("tuning.anyway"), " = ".join(sides)),)))
        return Message(tuple(parts))

    def _title(self, record_id: str) -> object:
        record = self._base.record(record_id) if record_id else None
        return record.titles if record else Phrase("glossary.no_fact")


def _shown(said: str, means: str) -> Phrase:
    return Phrase("glossary.shown", {"said": said, "means": means})


def _removal(pair: GlossaryPair, label: Phrase) -> Action:
    return Action("pair_remove", label, str(pair.number))


def _holds(pair: GlossaryPair, words: str) -> bool:
    return not words or any(words.casefold() in side.casefold() for side in pair.sides)


def _one(phrase: Phrase) -> Message:
    return Message((Say(phrase),))
