"""Records that a question describes or names outright, whatever the search thinks of their wording.

"The ERDERA call" describes every call of ERDERA; "JTC2025" names two. Where several fit equally, nobody should guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.questions import filters, selection
from knowledge.questions.editions import edition, edition_asked, is_ordinal
from knowledge.questions.lexicon import words
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading, is_content, is_everyday, whole_year
from knowledge.questions.states import occurrences
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import stems

MOST = 12
"""More records than this are not a description but a topic."""


def described(reading: Reading, view: View, ignored: frozenset[str], *, strict: bool) -> tuple[Record, ...]:
    """The records of the kind named that have everything the question says of them; () when it names no kind, or when a word
    that matters is in none of them. Those that say it all in their title or aliases come alone.
    Unless `strict`, everyday words that none of them has in its title are passed over."""
    want = replace(filters.wanted(reading, view), statuses=(), field="", period=None)
    if not want.kinds:
        return ()
    asked = selection.content(reading, view, *ignored, *ASKING_NOUNS)
    years = tuple(str(year) for year in reading.years)
    asked = replace(asked, number=None)
    chosen = tuple(
        record
        for record in selection.select(view, reading, want, asked, strict=strict)
        if all(view.holds(record, year) or _of_years(record, (year,), view) for year in years)
    )
    years = years or whole_year(reading)
    if not chosen and (place := edition_asked(reading)):
        # No record calls itself the first: the order of their days tells which is.
        unnumbered = replace(asked, required=tuple(word for word in asked.required if not is_ordinal(word)))
        one = edition(selection.select(view, reading, want, unnumbered, strict=strict), place, view)
        return () if one is None else (one,)
    if reading.period is not None:
        chosen = tuple(record for record in chosen if _happened(record, reading, view)) or chosen
    titled = tuple(
        record
        for record in chosen
        if (asked.required or reading.years)
        and all(view.holds(record, word, heading=True) for word in asked.required)
        and all(_of_years(record, (str(year),), view) for year in reading.years)
    )
    chosen = titled or tuple(record for record in chosen if _of_years(record, years, view)) or chosen
    return chosen if len(chosen) <= MOST else ()


def _of_years(record: Record, years: Sequence[str], view: View) -> bool:
    """Whether a title or an alias bears each year named, alone or in a code ("JTC2019": a record of another year may open in
    it); or the very day of its kind lies in the year: a target of 2027 need not say so in its title. The code of a call names
    another year than its days."""
    kind, headings = view.kind(record), " ".join((*record.titles.values(), *record.aliases))
    due = {str(day.year) for day in occurrences(record, kind.when)} if kind.open is None else set[str]()
    return bool(years) and (all(year in headings for year in years) or due.issuperset(years))


def _happened(record: Record, reading: Reading, view: View) -> bool:
    """Whether some day of a record lies in the period named."""
    period = reading.period
    days = (day for spec in view.kind(record).fields for day in occurrences(record, spec.name))
    return period is not None and any(period.touches(day) for day in days)


def named(reading: Reading, view: View, ignored: frozenset[str]) -> tuple[Record, ...]:
    """The records of which a title or an alias is exactly what the question is about, or holds all of it when nothing else
    does; first with all of its content words, then without the everyday ones."""
    put_aside = ignored | ASKING_NOUNS
    fields = set(reading.words_of("field"))
    content = tuple(word for word in reading.tokens if is_content(word) and word not in put_aside)
    content = tuple(word for word in content if word not in fields) or content
    telling = tuple(word for word in content if not is_everyday(word))
    if len(telling) < len(content) and set(telling) <= set(reading.words_of("country")):
        telling = ()  # a country alone names nothing, where the question says more
    return (
        _so_called(content, reading, view)
        or _so_called(telling, reading, view)
        or _headed(content, view)
        or _headed(telling, view)
    )


def _so_called(content: tuple[str, ...], reading: Reading, view: View) -> tuple[Record, ...]:
    """Records by their exact name. A body comes before the facts that share it, unless the question names a kind; a name made
    of ordinary words ("100 000 génomes") also stands for the others that have all of it in a title."""
    exact = [record for record in view.records.values() if content and content in names(record)]
    if exact and not any(_is_proper(content, record) for record in exact):
        return (*exact, *(record for record in _headed(content, view) if record not in exact))
    bodies = [record for record in exact if view.kind(record).bodies]
    return tuple(bodies if bodies and not reading.named("kind") else exact)


def _is_proper(name: tuple[str, ...], record: Record) -> bool:
    """Whether a record writes this name of it with a capital: "ICPerMed" is proper, "prescriptions" is not."""
    texts = (*record.titles.values(), *map(head, record.titles.values()), *record.aliases)
    return any(text != text.lower() and name in _names((text,)) for text in texts)


def _headed(content: tuple[str, ...], view: View) -> tuple[Record, ...]:
    """Records that have every word in their titles or aliases, unless they are too many to be meant."""
    keys = [set(stems(word)) for word in content]
    if not keys:
        return ()
    found = tuple(record for record in view.records.values() if all(key & view.heading(record) for key in keys))
    return found if len(found) <= MOST else ()


def names(record: Record) -> frozenset[tuple[str, ...]]:
    """Titles, their heads, and aliases, as content words."""
    return _names((*record.titles.values(), *map(head, record.titles.values()), *record.aliases))


def short_names(record: Record) -> frozenset[str]:
    """The names of a record that are one word: its acronyms, mostly."""
    return frozenset(name[0] for name in names(record) if len(name) == 1)


@lru_cache(maxsize=4096)
def _names(texts: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    whole = [words(text) for text in texts]
    return frozenset((*whole, *(tuple(word for word in name if is_content(word)) for name in whole)))


def head(title: str) -> str:
    """A title without what explains it: "ICPerMed (consortium)" -> "ICPerMed"."""
    for mark in (" (", ", ", " : ", ": "):
        title = title.split(mark, maxsplit=1)[0]
    return title


def same_thing(records: Sequence[Record], view: View) -> bool:
    """Whether records are two sides of one body: they carry the same name before what explains it."""
    if not all(view.kind(record).bodies for record in records):
        return False
    heads = [{head(title).casefold() for title in record.titles.values()} for record in records]
    return len(heads) > 1 and bool(set.intersection(*heads))


def spoken(reading: Reading) -> str:
    """The words of a question between spaces, then its content words: what names are looked for in."""
    return " ".join(("", *reading.tokens, "|", *reading.content, ""))


def are_linked(one: Record, other: Record) -> bool:
    """Whether one of two records names the other as related."""
    return other.id in one.values.get("related", ()) or one.id in other.values.get("related", ())


def main_one(records: Sequence[Record]) -> Record:
    """Of two sides of one body, the record that is about the body itself: the one with the shortest title."""
    return min(records, key=lambda record: (min(len(words(title)) for title in record.titles.values()), record.id))


def most_named(records: Sequence[Record], reading: Reading, view: View) -> Record | None:
    """The one record of which the longest title or alias is said in the question, None when several share it. A name made of
    a kind, a country or a body alone ("accord franco-suédois"), or that the others hold too, tells nothing apart."""
    said = spoken(reading)
    common = {word for topic in ("kind", "country", "body") for word in reading.words_of(topic)}

    def tells(name: tuple[str, ...], record: Record) -> bool:
        if not set(name) - common or f" {' '.join(name)} " not in said:
            return False
        others = [other for other in records if other.id != record.id]
        return not any(all(view.holds(other, word, heading=True) for word in name) for other in others)

    lengths = {
        record.id: max((len(name) for name in names(record) if tells(name, record)), default=0) for record in records
    }
    longest = max(lengths.values(), default=0)
    best = [record for record in records if lengths[record.id] == longest]
    return best[0] if longest and len(best) == 1 else None
