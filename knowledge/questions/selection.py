"""Which records fit what a question names: kinds, countries, bodies, themes, statuses, a period, and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from knowledge.dates import Day, Period
from knowledge.messages import Note, Part, Phrase, Text
from knowledge.questions import phrases
from knowledge.questions.reading import Reading
from knowledge.questions.states import occurrences, state
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import fold, stems

COMPUTED: Final = frozenset({"open", "closed", "upcoming"})
_OURS: Final = re.compile(r"\b(?:nous|on|notre|nos|we|our|ours|avons)\b")
_WITH: Final = re.compile(r"\b(?:avec|with)\b")
_SECOND_STAGE: Final = re.compile(
    r"\b(?:full (?:proposals?|applications?)|dossiers? complets?|propositions? completes?|2eme (?:stage|etape|phase|deadline|echeance)"
    r"|(?:stage|etape|phase|step) 2)\b"
)
_IDLE: Final = frozenset(
    key
    for word in (
        "base registre fichier file record records enregistre fiche fiches total recense recenses suit suivons suivre follow track "
        "know connait connaissons existe existent exist concerne concernent concernant concern involve involving deal deals dealing porte "
        "portent portant portaient portait traite traitent regarding relating related about lies liees lie lien visant vise avoir has had "
        "got there moment present actuel compte comptons nombre number count ensemble entier tout whole prix prizes eu lieu take took taken "
        "place places held tenu tenus tenue tenues happen happened hold organise organises organisees organised planned prevu prevus prevues "
        "chiffrees chiffres parmi among suivi suivis liste list show give montre donne name cite rappelle moi nous via aupres cours going "
        "different differents various divers several plusieurs combien many much signer mentionne currently nom noms names titre domaine "
        "field topic sujet theme touch touche touchent autour around dedie dedies dedicated specifiquement specifically trouve trouver find "
        "interroge question voir see look looking cherche recherche search"
    ).split()
    for key in stems(word)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a question. All that are given must hold; of themes, kinds and statuses any value will do, while every
    country and every body must be there (an agreement "between A and B" has both)."""

    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    period: Period | None = None
    field: str = ""


def wanted(reading: Reading, view: View) -> Wanted:
    """Reads the filters that a question names. A word that is both a status and the field a period applies to ("signed in
    2018") counts as the field."""
    kinds = tuple(value for value in reading.values("kind") if value in view.kinds)
    field = day_field(reading, view, kinds)
    spans = {(tag.first, tag.last) for tag in reading.named("field") if tag.value == field and reading.period}
    statuses = (tag.value for tag in reading.named("status") if (tag.first, tag.last) not in spans)
    return Wanted(
        kinds=kinds,
        countries=_countries(reading, view, kinds),
        bodies=reading.values("body"),
        themes=reading.values("theme"),
        statuses=tuple(dict.fromkeys(statuses)),
        period=reading.period or _year(reading),
        field=field,
    )


def _year(reading: Reading) -> Period | None:
    """A year in passing is a period for a list ("les appels 2026")."""
    if not reading.years:
        return None
    return Period(date(reading.years[-1], 1, 1), date(reading.years[-1], 12, 31))


def _countries(reading: Reading, view: View, kinds: Sequence[str]) -> tuple[str, ...]:
    """Countries named; "our agreements with X" means the programme's own country too."""
    countries = reading.values("country")
    foreign = [code for code in countries if code != view.home]
    joining = any(view.kinds[name].between for name in kinds)
    if joining and view.home not in countries and len(foreign) == 1:
        if reading.says(_OURS) or reading.says(_WITH):
            return (view.home, *countries)
    return countries


def day_field(reading: Reading, view: View, kinds: Sequence[str]) -> str:
    """The day field that a period or an order applies to: the one named, or none ("" means the kind's own)."""
    fields = reading.values("field")
    if reading.says(_SECOND_STAGE):
        fields = ("full_proposal_deadline", *fields)
    named = [field for name in (kinds or view.kinds) for field in fields if _is_day(view, name, field)]
    if "full_proposal_deadline" in named:
        return "full_proposal_deadline"
    return named[0] if named else ""


def _is_day(view: View, kind: str, field: str) -> bool:
    spec = view.kinds[kind].field(field)
    return spec is not None and spec.type == "day"


def default_kinds(want: Wanted, view: View) -> Wanted:
    """Where no kind is named, those that have the day asked about."""
    if want.kinds or not want.field:
        return want
    return replace(want, kinds=tuple(name for name, kind in view.kinds.items() if kind.when == want.field))


def fits(record: Record, want: Wanted, view: View, today: date) -> bool:
    """Whether a record passes every filter."""
    if want.kinds and record.kind not in want.kinds:
        return False
    if not set(want.countries) <= set(record.values.get("countries", ())):
        return False
    if want.themes and not set(want.themes) & set(record.themes):
        return False
    if not all(has_body(record, body, view) for body in want.bodies):
        return False
    if want.statuses and not _has_status(record, want.statuses, view, today):
        return False
    return want.period is None or _in_period(record, want, view, today)


def _in_period(record: Record, want: Wanted, view: View, today: date) -> bool:
    kind = view.kind(record)
    field = want.field if kind.field(want.field) else kind.when
    assert want.period is not None
    return any(within(day, want.period) for day in occurrences(record, field))


def within(day: Day, period: Period) -> bool:
    """A day counts when it lies inside; one known to the month also when it may."""
    return period.holds(day) or (day.grain == "month" and period.touches(day))


def has_body(record: Record, body: str, view: View) -> bool:
    """Whether a body has part in the fact, or is named in its titles."""
    names = view.bodies.get(body, frozenset())
    own = {fold(name) for name in record.values.get("organisations", ())}
    return bool(own & names)


def _has_status(record: Record, statuses: Sequence[str], view: View, today: date) -> bool:
    kind = view.kind(record)
    if kind.open and COMPUTED & set(statuses):
        return state(record, kind, today) in statuses
    return record.status in statuses


def words(reading: Reading, view: View) -> tuple[str, ...]:
    """The words that no filter covers and that a record must hold, idle ones left out ("que nous suivons en base")."""
    rest = reading.rest("kind", "country", "body", "theme", "status", "field")
    return tuple(word for word in rest if not _IDLE & set(stems(word)))


def select(view: View, reading: Reading, want: Wanted, content: Sequence[str]) -> tuple[Record, ...]:
    """The records that fit, by id. Every one of the words must be found in a record in some form (stem, slip, synonym)."""
    chosen = [record for record in view.records.values() if fits(record, want, view, reading.today)]
    if content and chosen:
        among = {record.id for record in chosen}
        hits = view.index.search(" ".join(content), limit=len(among), among=among)
        holding = {hit.id for hit in hits if not hit.missing}
        chosen = [record for record in chosen if record.id in holding]
    return tuple(sorted(chosen, key=lambda record: record.id))


def what(want: Wanted, view: View, count: int = 2) -> Text:
    """What was counted or listed, in words: "appels", "accords et projets"."""
    if not want.kinds:
        return {"fr": "faits" if count > 1 else "fait", "en": "facts" if count != 1 else "fact"}
    joiner = {"fr": " et ", "en": " and "}
    many = {"fr": count > 1, "en": count != 1}
    return {
        lang: joiner[lang].join(
            (view.kinds[name].plurals if many[lang] else view.kinds[name].labels).get(lang, name) for name in want.kinds
        )
        for lang in ("fr", "en")
    }


def notes(reading: Reading, want: Wanted, view: View) -> tuple[Part, ...]:
    """How the period was read, and by which filters, so that a misreading is seen at once."""
    parts: list[Part] = []
    if want.period is not None:
        parts.append(Note(Phrase("answer.period", {"period": want.period})))
    filters: list[Text] = [
        *(view.places.get(code, {"en": code}) for code in want.countries),
        *(view.themes[name] for name in want.themes if name in view.themes),
    ]
    if filters:
        parts.append(Note(Phrase("answer.filters", {"filters": filters})))
    return tuple(parts)
