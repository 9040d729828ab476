"""Facts made up from a number: any kind, every field of it, and text that is meant to break things."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from knowledge.dates import Day
from knowledge.drafting import read_record
from knowledge.fields import Plain
from knowledge.kinds import FieldSpec, Kind
from knowledge.kinds.reading import load_kinds
from knowledge.records import Record
from knowledge.vocabulary import load_vocabulary

TODAY: Final = date(2026, 11, 25)
KINDS: Final = load_kinds()[0]
VOCABULARY: Final = load_vocabulary()[0]
TEXTS: Final = (
    *(
        "=cmd|x",
        "-5",
        "'=a",
        "a; b",
        '"q" end',
        "x | y",
        'é "ü"; "',
        "@here",
        "a,b",
        "'",
        "plain",
        "+33 1",
        "no",
        "null",
    ),
    *(
        "12:30",
        "2027-01-02",
        "<!channel>",
        "```",
        "_x0041_",
        "😀 ok",
        "- a",
        "{a: b}",
        "# x",
        "&anchor",
        "*star",
        "\\n",
        "0",
    ),
    *("true", "a: b", "%", "! tag", "007", "1e5", "« à »", "a" * 300),
)


def made_up_records(numbers: Iterable[int]) -> tuple[Record, ...]:
    """A record for each number, by id; their references name each other."""
    return tuple(sorted((_record(number) for number in numbers), key=lambda record: record.id))


def _record(number: int) -> Record:
    record, mistakes = read_record(_Dice(number).fact(number), KINDS, VOCABULARY)
    assert record is not None, mistakes
    return record


class _Dice(random.Random):
    def fact(self, number: int) -> dict[str, Plain]:
        kind = self.choice(list(KINDS.values()))
        plain: dict[str, Plain] = {
            "id": f"fact-{number:05}",
            "kind": kind.name,
            "title": self.text(300),
            "source": self.source(),
        }
        for spec in kind.fields:
            if spec.name != "status" and (spec.required or self.random() < 0.7):
                plain[spec.name] = self.value(spec, number)
        self._in_order(kind, plain)
        more: dict[str, Any] = {
            "summary": self.text(), "note": self.text(), "aliases": self.lines(), "programme": True,
            "themes": [*dict.fromkeys(self.choices(list(VOCABULARY), k=3))],
            "status": self.choice(list(status.choices)) if (status := kind.field("status")) else "",
            "other_sources": [self.source() for _ in range(self.randrange(1, 4))],
            "audience": self.choice([["coordinators"], ["C0123ABCD", "G0999ZZZ"]]), "owner": self.choice(["U0ANA", "=Ana"]),
            "stale": [self.choice(["fr", "en"])], "reminders": self.choice([["none"], ["30d", "2w", "1m"]]),
        }  # fmt: skip
        return plain | {key: value for key, value in more.items() if value and self.random() < 0.7}

    def value(self, spec: FieldSpec, number: int) -> Plain:
        first = self.day()
        shapes: dict[str, Any] = {
            "text": self.text(), "line": self.choice(TEXTS), "names": self.lines(), "people": self.lines(), "day": self.day(),
            "duration": self.choice(["3 months", "90 days", "1 year"]),
            "places": [*dict.fromkeys(self.choices(["FR", "SE", "EU", "GB", "DK"], k=3))],
            "hour": self.choice(["17:00 CET", "9h Paris", {"said": "12:00", "zone": "America/New_York"}, "23:59"]),
            "money": {"amount": self.figure(), "currency": self.choice(["EUR", "USD"])},
            "link": f"https://example.org/a?b=1;c&d={number}#é", "choice": next(iter(spec.choices), ""),
            "recurrence": {"first": first, "months": self.randrange(1, 120), "until": f"{int(first[:4]) + 30}"},
            "reference": [*dict.fromkeys(f"fact-{self.randrange(max(number - 3, 0), number + 1):05}" for _ in range(2))],
            "quantity": self.quantity(),
        }  # fmt: skip
        value: Plain = shapes[spec.type]
        return value

    def quantity(self) -> Plain:
        points: list[Plain] = [{"date": self.day(), "value": -self.figure()} for _ in range(self.randrange(1, 4))]
        parts: dict[str, Plain] = {
            "unit": self.text(),
            "by": self.day(),
            "progress_unit": self.text(),
            "progress": points,
        }
        return {"value": self.figure()} | {key: value for key, value in parts.items() if self.random() < 0.6}

    def text(self, _limit: int = 2000) -> Plain:
        langs = self.choice([("fr",), ("en",), ("fr", "en"), ("fr", "en")])
        return {lang: self.choice(TEXTS) for lang in langs}

    def lines(self) -> list[Plain]:
        return [*dict.fromkeys(self.choices(TEXTS, k=self.randrange(1, 5)))]

    def day(self) -> Any:
        return self.choice(["{y}", "{y}-{m:02}", "{y}-{m:02}-{d:02}"]).format(
            y=self.randrange(1990, 2040), m=self.randrange(1, 13), d=self.randrange(1, 29)
        )

    def figure(self) -> int | float:
        return self.choice(
            [self.randrange(10**14), self.randrange(10**9) / 8, self.randrange(10**6) / 10**6, 0, 0.000001]
        )

    def source(self) -> Plain:
        past = {
            "accessed": "2026-01",
            "verified_on": "2025-11-30",
            "verified_by": self.choice(TEXTS),
            "url": "https://e.org/a|b",
        }
        past["url"] = "https://e.org/a?b;c"
        kept: dict[str, Plain] = {key: value for key, value in past.items() if self.random() < 0.6}
        return {"title": self.choice(TEXTS), **kept}

    def _in_order(self, kind: Kind, plain: dict[str, Plain]) -> None:
        """Days that may not run backwards, sorted."""
        given = [name for name in kind.order if name in plain]
        days = sorted(
            (str(plain[name]) for name in given), key=lambda text: (Day.parse(text).first, Day.parse(text).last)
        )
        plain.update(zip(given, days, strict=True))
