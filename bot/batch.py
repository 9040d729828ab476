"""Questions and answers as plain data, one JSON object each: `entente ask --batch` and `--json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from bot import terminal
from bot.desk import QUESTION_LIMIT, clean
from knowledge.questions.form import Answer, Asked, Topic

if TYPE_CHECKING:
    from bot.wiring import Parts

Plain = dict[str, Any]
WIDTH: Final = 100


def question(line: str) -> Plain:
    """One line of a batch: an object with `text`, and optionally `id`, `today`, `lang`, `thread`. ValueError says what is wrong."""
    try:
        plain = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg}") from error
    except RecursionError as error:
        raise ValueError("not JSON: nested too deep") from error
    if not isinstance(plain, dict) or not isinstance(plain.get("text"), str):
        raise ValueError('expected an object with a "text"')
    if plain.get("today") is not None:
        try:
            date.fromisoformat(str(plain["today"]))
        except ValueError as error:
            raise ValueError(f'"today" is not a day: {str(plain["today"])[:60]!r}') from error
    return plain


def line(plain: Plain) -> str:
    """The answer as one line of JSON, half characters and all."""
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


class Answering:
    """Answers plain questions one after the other; those of one `thread` follow each other."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._topics: dict[str, Topic | None] = {}

    def one(self, plain: Plain, lang: str | None = None, today: date | None = None, why: bool = False) -> Plain:
        """The answer as plain data. `lang` forces the language, `today` stands in where the question gives no day; with `why`,
        what led to the answer, the thread before it included."""
        reasons = {"why": self.why(plain, lang, today)} if why else {}
        started = perf_counter()
        answer = self.answer(plain, lang, today)
        spent = (perf_counter() - started) * 1000
        text = terminal.render(answer.message, answer.lang, self._parts.translator, WIDTH, self._day(plain, today))
        found: Plain = {
            "id": plain.get("id", ""),
            "band": answer.band,
            "form": answer.form,
            "facts": list(answer.facts),
            "set": list(answer.set) if answer.set is not None else None,
            "count": answer.count,
            "field": answer.field or None,
            "value": answer.value,
            "lang": answer.lang,
            "text": text,
            "ms": round(spent, 2),
        }
        return found | reasons

    def answer(self, plain: Plain, lang: str | None = None, today: date | None = None) -> Answer:
        thread = str(plain.get("thread") or "")
        answer = self._parts.base.ask(self._asked(plain, lang, today))
        if thread and answer.topic is not None:
            self._topics[thread] = answer.topic
        return answer

    def why(self, plain: Plain, lang: str | None = None, today: date | None = None) -> str:
        """What leads to the answer of a question at this point of its thread, as lines of text."""
        asked = self._asked(plain, lang, today)
        language = self._parts.base.ask(asked).lang
        return "\n".join(self._parts.translator.say(phrase, language) for phrase in self._parts.base.why(asked))

    def _asked(self, plain: Plain, lang: str | None, today: date | None) -> Asked:
        thread = str(plain.get("thread") or "")
        text = clean(plain["text"])[: QUESTION_LIMIT * 4]
        default = self._parts.config.settings.languages[0]
        given = plain.get("lang") if plain.get("lang") in self._parts.config.settings.languages else None
        return Asked(text, self._day(plain, today), lang or given, default, self._topics.get(thread))

    def _day(self, plain: Plain, today: date | None) -> date:
        given = plain.get("today")
        return date.fromisoformat(str(given)) if given else today or self._parts.desk.today()


def answers(
    questions: Iterable[Plain], parts: Parts, lang: str | None = None, today: date | None = None, why: bool = False
) -> Iterator[Plain]:
    """One answer for each question, in order."""
    answering = Answering(parts)
    for plain in questions:
        yield answering.one(plain, lang, today, why)
