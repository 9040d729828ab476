"""Which records fit what a question names: kinds, countries, bodies, themes, statuses, a period, and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from knowledge.dates import Day, Period
from knowledge.messages import Note, Part, Phrase, Text
from knowledge.questions.amounts import amounts, bound
from knowledge.questions.filters import COMPUTED, JOINING, Wanted, asked_kinds
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.states import occurrences, state
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import fold, stems

_ONE_OF_SEVERAL: Final = re.compile(
    r"\b(?:which|what|lequel|laquelle|quel|quelle|one)(?: one)? (?:of|des|de|parmi|d entre) (?:the |our |nos |les )?\d"
)
_IDLE: Final = frozenset(
    key
    for word in (
        "base fichier file record registre fiche total suivre track connaitre exister concerner involve deal porter traiter relate regarding lie "
        "viser present actuel compter count nombre number ensemble entier lieu place held tenir tenu organise happen chiffre parmi via cours divers "
        "plusieurs mentionner nom titre domaine topic sujet touch autour dedie specifique trouver chercher name names nommer nomme derouler deroule deroules occur occurred arriver between entre seat siege board bord altogether enregistrer enregistre recorded registered"
    ).split()
    for key in stems(word)
)


def fits(record: Record, want: Wanted, view: View, today: date) -> bool:
    """Whether a record passes every filter."""
    if want.kinds and record.kind not in want.kinds:
        return False
    own = set(record.values.get("countries", ()))
    if want.countries and not (set(want.countries) & own if want.any_country else set(want.countries) <= own):
        return False
    if want.cities and city(record.values.get("location", {})) not in want.cities:
        return False
    if want.themes and not set(want.themes) & set(record.themes):
        return False
    if not all(has_body(record, body, view) for body in want.bodies):
        return False
    if want.amount is not None and not any(map(want.amount.holds, amounts(record))):
        return False
    if COMPUTED & set(want.statuses) and view.kind(record).open:
        moment = want.period.first if want.period and want.period.first == want.period.last else None
        if state(record, view.kind(record), moment or today) not in want.statuses:
            return False
        return not want.field or want.period is None or _in_period(record, want, view)
    if want.statuses and record.status not in want.statuses:
        return False
    return want.period is None or _in_period(record, want, view)


def _in_period(record: Record, want: Wanted, view: View) -> bool:
    return want.period is not None and any(
        within(day, want.period) for day in days_of(record, want.field, view, want.also)
    )


def days_of(record: Record, field: str, view: View, also: Sequence[str] = ()) -> tuple[Day, ...]:
    """The days that a period filters on: those of the field named, else of the kind's own, else of the first that is known."""
    kind = view.kind(record)
    if field and kind.field(field):
        return tuple(day for name in (field, *also) for day in occurrences(record, name))
    if days := occurrences(record, kind.when):
        return days
    return next((days for name in kind.card if (days := occurrences(record, name))), ())


def within(day: Day, period: Period) -> bool:
    """A day counts when it lies inside; one known to the month also when it may."""
    return period.holds(day) or (day.grain == "month" and period.touches(day))


def has_body(record: Record, body: str, view: View) -> bool:
    """Whether a body has part in the fact, or is named in its titles."""
    names = view.bodies.get(body, frozenset())
    own = {fold(name) for name in record.values.get("organisations", ())}
    return bool(own & names)


@dataclass(frozen=True, slots=True)
class Content:
    """What the words outside all filters ask for: `required` must each be held, of `any_of` (phrases that narrow a kind) one;
    `number` is how many records the question speaks of ("les quatre ateliers")."""

    required: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    number: int | None = None


def content(reading: Reading, view: View, *ignored: str) -> Content:
    """The words that no filter covers, idle ones left out ("que nous suivons en base")."""
    rest = reading.rest("country", "body", "theme", "status", "field", "city")
    kinds = asked_kinds(reading, view)
    named = {
        word for tag in reading.named("kind") if tag.value in kinds for word in reading.tokens[tag.first : tag.last]
    }
    rest = tuple(word for word in rest if word not in named and not _too_short(word, view))
    years = {str(year) for year in reading.years}
    one_of = one_of_several(reading)
    number = next((int(word) for word in rest if word.isdigit() and 2 <= int(word) <= 12 and not one_of), None)
    counted = {str(number) for number in range(2, 13)} if one_of else set[str]()
    if (limit := bound(reading)) is not None:
        counted |= limit.words
    required = (
        word for word in rest if word not in years | counted and not _IDLE & set(stems(word)) and word not in ignored
    )
    return Content(tuple(dict.fromkeys(required)), _narrower(reading, kinds), number)


def one_of_several(reading: Reading) -> bool:
    """Whether one of a number of records is asked for ("which of the four workshops"): the number is not what to find."""
    return _ONE_OF_SEVERAL.search(reading.plain) is not None


def _narrower(reading: Reading, kinds: Sequence[str]) -> tuple[str, ...]:
    """The phrases that narrow a kind; none where the kind itself is asked for beside them ("groupes et comités")."""
    tags = reading.named("narrower")
    spans = {(tag.first, tag.last) for tag in tags}
    whole = [tag for tag in reading.named("kind") if tag.value in kinds and (tag.first, tag.last) not in spans]
    if any(
        JOINING & set(reading.tokens[min(one.last, tag.last) : max(one.first, tag.first)])
        for one in whole
        for tag in tags
    ):
        return ()
    return tuple(dict.fromkeys(" ".join(reading.tokens[tag.first : tag.last]) for tag in tags))


def _says_all(record: Record, phrase: str, view: View, heading: bool = False) -> bool:
    """Whether a record holds each word of a phrase, or the initials of three words and more ("JTC"); with `heading`, in its
    titles or aliases."""
    said = phrase.split()
    initials = "".join(word[0] for word in said)
    return all(view.holds(record, word, heading) for word in said) or (
        len(said) > 2 and view.holds(record, initials, heading)
    )


def _too_short(word: str, view: View) -> bool:
    """Whether a word is too short to be more than a slip of a small one ("hav")."""
    return len(word) <= 3 and word.isalpha() and view.headings.isdisjoint(stems(word))


def select(view: View, reading: Reading, want: Wanted, asked: Content, strict: bool = False) -> tuple[Record, ...]:
    """The records that fit, by id. Where a theme or a body named leaves nothing, its words are looked for in the text instead;
    where a number of them is given, the reading that finds as many, or few more, is taken. `strict` lets no word be passed over."""
    found: list[tuple[Record, ...]] = []
    for attempt, words in _readings(reading, want, asked):
        chosen = [record for record in view.records.values() if fits(record, attempt, view, reading.today)]
        chosen = _holding(chosen, words, view, strict)
        titled = [record for record in chosen if any(_says_all(record, said, view, True) for said in words.any_of)]
        narrowed = titled or [
            record for record in chosen if any(_says_all(record, said, view) for said in words.any_of)
        ]
        found.append(tuple(sorted(narrowed or chosen, key=lambda record: record.id)))
    if asked.number is not None:
        # "The four collaboration activities": never fewer than are spoken of where all there are suffice.
        whole = [record for record in view.records.values() if fits(record, want, view, reading.today)]
        found.append(tuple(sorted(whole, key=lambda record: record.id)))
        enough = [chosen for chosen in found if len(chosen) >= asked.number]
        found = [min(enough, key=len)] if enough else found[:-1]
    return next((chosen for chosen in found if chosen), ())


def _readings(reading: Reading, want: Wanted, asked: Content) -> list[tuple[Wanted, Content]]:
    """Ways of reading the filters, the most literal first."""
    readings = [(want, asked)]
    if asked.number is not None:
        fewer = tuple(word for word in asked.required if word != str(asked.number))
        readings += [(want, replace(asked, required=fewer)), (replace(want, themes=()), replace(asked, required=fewer))]
        described = tuple(word for word in reading.words_of("kind") if is_content(word))
        readings.append((want, replace(asked, required=tuple(dict.fromkeys((*fewer, *described))))))
        readings.append((want, replace(asked, required=described)))
    for topic, without in (("theme", replace(want, themes=())), ("body", replace(want, bodies=()))):
        if reading.named(topic):
            words = tuple(word for word in reading.words_of(topic) if is_content(word))
            readings.append((without, replace(asked, required=tuple(dict.fromkeys((*asked.required, *words))))))
    if asked.number is not None and reading.named("theme"):
        readings.append((replace(want, themes=()), Content(number=asked.number)))
    return readings


def _holding(records: list[Record], asked: Content, view: View, strict: bool) -> list[Record]:
    """The records that hold each word in some form. An everyday word filters only where it stands in a title or an alias;
    any other word that none has leaves nothing."""
    for first, second in zip(asked.required, asked.required[1:], strict=False):
        together = [record for record in records if f" {first} {second} " in view.said(record)]
        records = together or records
    for word in asked.required:
        everyday = is_everyday(word) and not any(letter.isdigit() for letter in word)
        anywhere = strict or not everyday or not view.headings.isdisjoint(stems(word))
        holding = [record for record in records if view.holds(record, word, heading=not anywhere)]
        if holding or not everyday:
            records = holding
    return records


def city(location: Text) -> str:
    """The key of a place that facts name: the same in every language."""
    return fold(location.get("fr") or next(iter(location.values()), ""))


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


def passed_over(asked: Content, view: View, chosen: Sequence[Record]) -> int:
    """How many of the words asked for none of the records found has ("the measures of the plan for health at work")."""
    return sum(not any(view.holds(record, word) for record in chosen) for word in asked.required)
