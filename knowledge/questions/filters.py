"""The filters that a question names: kinds, countries, bodies, themes, statuses, a period, an amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from knowledge.dates import Period
from knowledge.questions import programme
from knowledge.questions.amounts import Bound, bound
from knowledge.questions.lexicon import Tag
from knowledge.questions.reading import Reading
from knowledge.questions.view import View

COMPUTED: Final = frozenset({"open", "closed", "upcoming"})
_SECOND_STAGE: Final = re.compile(
    r"\b(?:full (?:proposals?|applications?|dossiers?)|dossiers? complets?|propositions? completes?|2eme (?:stage|etape|deadline|echeance|depot|submission|round|tour|step|closing|cloture|date)"
    r"|(?:stage|etape|step) 2)\b"
)
_NEGATED: Final = re.compile(
    r"\b(?:no longer|not (?:any ?more |yet |been )*|aren ?t|isn ?t|haven ?t|hasn ?t|weren ?t|pas (?:encore )?(?:ete )?|ne sont plus|n est plus|plus (?=actifs?|actives?|en))\b"
)
_NO_LONGER: Final = re.compile(r"\b(?:no longer|not any ?more|ne \w+ plus|n \w+ plus|plus (?=actifs?|actives?|en))\b")
_BEFORE_ITS_END: Final = frozenset(("planned", "upcoming", "announced", "open", "active", "ongoing", "in_progress"))
_APPLY: Final = re.compile(
    r"\b(?:candidater|postuler|deposer|soumettre|soumissionner|repondre|apply|submit|bid|applications?)\b"
)
_INTERROGATIVE: Final = frozenset("quel quelle quels quelles which what".split())
JOINING: Final = frozenset(("et", "and", "ou", "or"))
"""Words that join two of the same sort."""
_OR: Final = frozenset(("ou", "or"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a question. All that are given must hold; of themes, kinds and statuses any value will do, while every
    country and every body must be there (an agreement "between A and B" has both)."""

    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    any_country: bool = False
    cities: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    period: Period | None = None
    field: str = ""
    also: tuple[str, ...] = ()
    """Other days that will do as well ("signed or announced in 2023")."""
    amount: Bound | None = None


def wanted(reading: Reading, view: View) -> Wanted:
    """Reads the filters that a question names. A word that is both a status and the field a period applies to ("signed in
    2018") counts as the field."""
    kinds = asked_kinds(reading, view) or _joining(reading, view)
    field = day_field(reading, view, kinds)
    period = reading.period or _year(reading)
    a_day = period is not None and period.first == period.last
    applying = a_day and reading.says(_APPLY) and any(view.kinds[name].open for name in kinds)
    if applying or (a_day and COMPUTED & set(reading.values("status"))):
        field = ""
    also = _joined_days(reading, view, kinds, field)
    spans = {(tag.first, tag.last) for tag in reading.named("field") if tag.value in (field, *also) and period}
    limit = bound(reading)
    aside = limit.words if limit is not None else frozenset[str]()
    statuses = [
        tag.value
        for tag in reading.named("status")
        if (tag.first, tag.last) not in spans
        and reading.tokens[tag.first] not in aside  # "over 20 million" is not over
    ]
    if applying and not COMPUTED & set(statuses):
        statuses.append("open")  # one can apply on a day to what is open on it
    countries = _countries(reading, view, kinds)
    if not countries and kinds and programme.takes_part(reading):
        countries = (view.home,)
    return Wanted(
        kinds=kinds,
        countries=countries,
        any_country=len(countries) > 1 and _either(reading),
        cities=reading.values("city"),
        bodies=reading.values("body"),
        themes=reading.values("theme"),
        statuses=_others(reading, statuses, kinds, view)
        if statuses and _negated(reading)
        else tuple(status for status in dict.fromkeys(statuses) if _has_choice(status, kinds, view)),
        period=period,
        field=field,
        also=also,
        amount=limit,
    )


def _joined_days(reading: Reading, view: View, kinds: Sequence[str], field: str) -> tuple[str, ...]:
    """The day fields that an "or" joins to the one a period applies to."""
    tags = sorted(reading.named("field"), key=lambda tag: tag.first)
    places = {(tag.first, tag.last) for tag in tags if tag.value == field}
    joined = {
        other.value
        for tag in tags
        for other in tags
        if {(tag.first, tag.last), (other.first, other.last)} & places
        and other.first == tag.last + 1
        and reading.tokens[tag.last] in JOINING
        for other in (tag, other)
    }
    return tuple(
        name for name in sorted(joined - {field}) if any(_is_day(view, kind, name) for kind in kinds or view.kinds)
    )


def asked_kinds(reading: Reading, view: View) -> tuple[str, ...]:
    """The kinds asked for: those of the first words that name one, and those joined to it ("événements et ateliers"). A kind
    further on only describes ("which call paid for the project")."""
    tags = [tag for tag in reading.named("kind") if tag.value in view.kinds]
    kept: list[Tag] = []
    for tag in tags:
        between = reading.tokens[kept[-1].last : tag.first] if kept else ()
        if not kept or tag.first < kept[-1].last or (len(between) <= 2 and JOINING & set(between)):
            kept.append(tag)
    return tuple(dict.fromkeys(tag.value for tag in kept))


def asks_for_kind(reading: Reading) -> tuple[str, ...]:
    """The kinds that "which" asks for in so many words ("by which call were they selected?")."""
    return tuple(tag.value for tag in reading.named("kind") if reading.tokens[max(0, tag.first - 1)] in _INTERROGATIVE)


def _joining(reading: Reading, view: View) -> tuple[str, ...]:
    """The kinds that join parties, where something signed or held with another country is asked without a name for it."""
    if not reading.named("country") and not (reading.named("body") and programme.is_spoken_of(reading)):
        return ()
    signed = "signed" in reading.values("field") and (
        programme.is_spoken_of(reading) or programme.with_nobody_else(reading)
    )
    if signed or programme.asks_what_is_held(reading):
        return tuple(name for name, kind in view.kinds.items() if kind.between)
    return ()


def _negated(reading: Reading) -> bool:
    """Whether a status is denied, by words that are no part of it ("not reached" is a status of its own)."""
    whole = {
        index for tag in reading.named("status") if tag.last - tag.first > 1 for index in range(tag.first, tag.last)
    }
    rest = " ".join("_" if index in whole else word for index, word in enumerate(reading.tokens))
    return _NEGATED.search(rest) is not None


def _others(reading: Reading, statuses: Sequence[str], kinds: Sequence[str], view: View) -> tuple[str, ...]:
    """The statuses that are not those named ("not met", "no longer running"); "unknown" says neither."""
    specs = [spec for name in kinds or view.kinds if (spec := view.kinds[name].field("status")) is not None]
    choices = dict.fromkeys(status for spec in specs for status in spec.choices)
    others = (status for status in choices if status not in statuses and status != "unknown")
    if _BEFORE_ITS_END & set(statuses) and reading.says(_NO_LONGER):
        # What runs no longer has run: it is not only planned, nor running under another word.
        return tuple(status for status in others if status not in _BEFORE_ITS_END)
    return tuple(others)


def _has_choice(status: str, kinds: Sequence[str], view: View) -> bool:
    specs = (view.kinds[name].field("status") for name in kinds or view.kinds)
    return any(spec is not None and status in spec.choices for spec in specs)


def _year(reading: Reading) -> Period | None:
    """A year in passing is a period for a list ("les appels 2026")."""
    if not reading.years:
        return None
    return Period(date(reading.years[-1], 1, 1), date(reading.years[-1], 12, 31))


def _countries(reading: Reading, view: View, kinds: Sequence[str]) -> tuple[str, ...]:
    """Countries named; "our agreements with X" means the programme's own country too, and so does "the agreement with X" where
    no other party is named."""
    countries = reading.values("country")
    foreign = [code for code in countries if code != view.home]
    joining = any(view.kinds[name].between for name in kinds)
    if (
        joining
        and view.home not in countries
        and len(foreign) == 1
        and (programme.is_spoken_of(reading) or programme.with_nobody_else(reading))
    ):
        return (view.home, *countries)
    if joining and not countries and programme.is_spoken_of(reading) and programme.follows_with(reading, "body"):
        return (view.home,)
    return countries


def _either(reading: Reading) -> bool:
    """Whether an "or" stands between the countries named."""
    tags = reading.named("country")
    between = reading.tokens[min(tag.first for tag in tags) : max(tag.last for tag in tags)] if tags else ()
    return not _OR.isdisjoint(between)


def day_field(reading: Reading, view: View, kinds: Sequence[str]) -> str:
    """The day field that a period or an order applies to: the one named, or none ("" means the kind's own)."""
    fields = reading.values("field")
    if second_stage(reading):
        fields = ("full_proposal_deadline", *fields)
    named = [field for name in (kinds or view.kinds) for field in fields if _is_day(view, name, field)]
    if "full_proposal_deadline" in named:
        return "full_proposal_deadline"
    return named[0] if named else ""


def second_stage(reading: Reading) -> bool:
    """Whether the second deadline of a call is meant."""
    return reading.says(_SECOND_STAGE)


def _is_day(view: View, kind: str, field: str) -> bool:
    spec = view.kinds[kind].field(field)
    return spec is not None and spec.type == "day"


def default_kinds(want: Wanted, view: View) -> Wanted:
    """Where no kind is named, those that have the day asked about."""
    if want.kinds or not want.field:
        return want
    own = tuple(name for name, kind in view.kinds.items() if kind.when == want.field)
    return replace(want, kinds=own or tuple(name for name, kind in view.kinds.items() if kind.field(want.field)))
