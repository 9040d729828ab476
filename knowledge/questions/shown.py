"""Questions about what was just listed or offered: how many, all of them, the second, the latest, those that close in March."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.messages import Part, Phrase, Say
from knowledge.questions import filters, selection
from knowledge.questions.form import Answer
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.say import dated_item, item, listing, reply, unknown
from knowledge.questions.view import View
from knowledge.records import Record

WHICH: Final = re.compile(
    r"\b(?:laquelle|lequel|lesquel(?:le)?s|which (?:one|ones|of (?:them|these|those))|celle qui|celui qui|celles qui|ceux qui|the ones? (?:that|which))\b"
)
WHICH_ARE: Final = re.compile(
    r"(?:(?:et|and|so|ok) )*(?:which (?:are|were|have|had)|(?:quels|quelles) (?:sont|ont|etaient|etait))\b"
)
"""Asks which of those shown, unless a kind is named."""
ONE: Final = re.compile(r"\b(?:laquelle|lequel|which one|celui|celle|(?:the )?\w+ one|the one)\b")
"""One of several is asked for."""
LIKELY: Final = 0.3
AHEAD: Final = 4.0
"""How likely the search must find a fact among those shown, and how much likelier than the next, to take it."""
SEVERAL: Final = re.compile(
    r"\b(?:lesquel(?:le)?s|which ones|the ones|ones|celles|ceux|les|which (?:of (?:them|these|those) )?(?:are|were|have|close|open|end)|sont|ont)\b"
)
ONLY: Final = re.compile(
    r"^(?:(?:et|and|ok|alors|so) )*(?:(?:only|just|juste|seulement|uniquement|que|rien que|seules?|seuls) |.*\b(?:parmi (?:eux|elles|ceux|celles)|among (?:them|these|those)|of (?:them|these|those)|d entre (?:eux|elles)|la dedans|dans le lot|dans la liste|from (?:that|the) list)\b)"
)
_LEADS: Final = r"(?:(?:et|and|so|donc|alors|ok|bon|well|en tout|au total|in all|in total|that makes|mais|but) )*"
_COUNT: Final = re.compile(
    _LEADS
    + r"(?:(?:ca|cela) (?:en )?fait combien|combien(?: (?:en tout|au total|ca fait|ca en fait|il y en a|y en a(?: t il)?|sont (?:ils|elles)|de (?:lignes|resultats|faits)))?"
    r"|(?:il |ils |elles )?(?:y )?en (?:a|sont|avons|as)(?: t on| nous)? combien|on en a combien|(?:ils|elles) sont combien|how many(?: of (?:them|these|those))?"
    r"(?: (?:is|are|does|do))?(?: (?:that|those|these|they|there|it|we))?(?: (?:make|come to|have|got))?|how many (?:results|items|facts)|count(?: them)?|compte(?:z)? (?:les|moi ca)|(?:what (?:is |s )?|quel est )?(?:le |the )?total)"
    r"(?: (?:en tout|au total|in all|in total|altogether|all together))?"
)
_COUNT_OF: Final = re.compile(r"\b(?:combien|how many)\b")
_ALL: Final = re.compile(
    _LEADS
    + r"(?:(?:c )?est (?:ce )?(?:vraiment )?tout(?: ce qu il y a)?|ce sont tou(?:te)?s|(?:is|are|was|were) (?:that|this|those|these|they|it) (?:really )?(?:all|everything|the (?:full|whole|complete) list)(?: of (?:them|it))?"
    r"|(?:lesquel(?:le)?s|quels|quelles|which(?: ones| ones are they| are they)?|what are they|who are they|(?:tous|toutes)(?: les \w+)?|all(?: of them)?)"
    r"|(?:list|show|name|give|cite|liste|montre|donne|affiche|nomme|enumere)\w*(?: (?:me|moi|nous|us))?(?: (?:les|them|the list|la liste|that|all|tous|toutes|lesquel(?:le)?s|those))*"
    r"|la liste(?: complete| entiere)?|the (?:full |whole |complete )?list|(?:rien|nothing) (?:de plus|(?:d )?autre|else|more)|(?:pas|aucun|il n y en a pas) (?:d )?autres?|no (?:others?|more)"
    r"|(?:(?:il )?y en a(?: t il)?|y a t il|any|are there|is there|tu en as|(?:on |nous )en avons)? ?(?:d autres|autres|any others?|others|any more|anything else|autre chose|more)"
    r"(?: encore| left| than that| que ca)?)"
)
_REST: Final = re.compile(
    _LEADS
    + r"(?:what about |how about |quid (?:de |d )?)?(?:les (?:\d+ )?autres|the (?:\d+ )?others?(?: ones| \d+)?|the rest|le reste)"
)


def asks_which(reading: Reading) -> bool:
    """Whether some of what was shown are asked for in so many words."""
    if WHICH.search(reading.plain) or ONLY.search(reading.plain):
        return True
    return WHICH_ARE.match(reading.plain) is not None and not reading.named("kind")


def none_of(reading: Reading, view: View, records: Sequence[Record]) -> Answer:
    """That none of those shown has what is asked."""
    return unknown(reading, "list", (Phrase("unknown.none_match", {"what": what(records, view)}),))


def counted(reading: Reading, view: View, records: Sequence[Record], *, of_list: bool) -> Answer | None:
    """How many there are of what was shown, or, where that was a list, of those of it that the question describes."""
    if _COUNT.fullmatch(reading.plain):
        return _count(reading, view, records)
    if (
        not of_list
        or len(records) < 2
        or not _COUNT_OF.search(reading.plain)
        or reading.named("kind")
        or not _filters(reading, view)
    ):
        return None
    chosen = narrowed(reading, view, records, ("combien", "how", "many"))
    return _count(reading, view, chosen) if chosen else None


def whole(reading: Reading, view: View, records: Sequence[Record], focus: Record) -> Answer | None:
    """All that was shown, once more ("c'est tout ?", "which ones?"), or the rest of it beside the one in focus."""
    if len(records) > 1 and _REST.fullmatch(reading.plain):
        rest = tuple(record for record in records if record.id != focus.id) if focus in records else ()
        return listed(reading, view, rest or records)
    return listed(reading, view, records) if _ALL.fullmatch(reading.plain) else None


def narrowed(
    reading: Reading, view: View, records: Sequence[Record], ignored: Sequence[str] = ()
) -> tuple[Record, ...]:
    """Those of the facts shown that have what the question adds ("celui d'ERDERA", "lesquels ferment en mars ?"); all of them
    where it adds nothing."""
    want = replace(filters.wanted(reading, view), kinds=())
    if want.period is None:
        want = replace(want, field="")
    fitting = [
        record for record in records if selection.fits(record, replace(want, bodies=(), themes=()), view, reading.today)
    ]
    fitting = _of_theme(reading, view, fitting, want.themes)
    words = [
        word
        for word in own_words(reading)
        if word not in ignored and word not in reading.words_of("status") and word not in reading.words_of("theme")
    ]
    chosen = [record for record in fitting if all(view.holds(record, word) for word in words)]
    if (
        len(chosen) != 1
        and ONE.search(reading.plain)
        and (one := likeliest(reading, view, chosen or fitting or records))
    ):
        return (one,)
    places = [word for word in reading.words_of("country") if is_content(word)]
    # A part of a country ("le Québec") tells more than the country.
    chosen = [record for record in chosen if any(view.holds(record, word, heading=True) for word in places)] or chosen
    return tuple(chosen)


def _of_theme(reading: Reading, view: View, records: list[Record], themes: Sequence[str]) -> list[Record]:
    """The records of a theme, else those that say its words."""
    if not themes:
        return records
    said = [word for word in reading.words_of("theme") if is_content(word)]
    return [record for record in records if set(themes) & set(record.themes)] or [
        record for record in records if all(view.holds(record, word) for word in said)
    ]


def likeliest(reading: Reading, view: View, records: Sequence[Record]) -> Record | None:
    """The one of some records that the search finds far ahead of the others; None where it finds none so."""
    said = ONE.sub(" ", reading.plain)
    hits = view.index.search(said, limit=2, among=[record.id for record in records])
    first, second = (*(hit.score for hit in hits), 0.0, 0.0)[:2]
    return view.records[hits[0].id] if first > LIKELY and first > AHEAD * second else None


def titled(reading: Reading, view: View, records: Sequence[Record]) -> Record | None:
    """The one of several facts offered of which the title or an alias says all that a short question says ("since the start")."""
    said = [word for word in reading.tokens if is_content(word) and word not in SMALL]
    if not said or len(reading.tokens) > 5:
        return None
    found = [record for record in records if all(view.holds(record, word, heading=True) for word in said)]
    return found[0] if len(found) == 1 else None


def _filters(reading: Reading, view: View) -> bool:
    want = filters.wanted(reading, view)
    return bool(
        want.period
        or want.countries
        or want.bodies
        or want.statuses
        or want.cities
        or want.themes
        or own_words(reading)
    )


def own_words(reading: Reading) -> tuple[str, ...]:
    """The words that give a question a subject of its own."""
    rest = reading.rest("field", "kind")
    return tuple(
        word
        for word in rest
        if word not in SMALL and word not in ASKING_NOUNS and not (is_everyday(word) and word in _SAYING)
    )


SMALL: Final = frozenset(
    "il elle ils elles it they them there one ones only that this celui celle ca cela et and".split()
)
_SAYING: Final = frozenset(
    "only just juste seulement uniquement que concerne concernent porte portent parle parlent about regards covers cover deals avoir etre faire being been got get among parmi entre lot liste list ones autre other still encore deja already".split()
)


def listed(reading: Reading, view: View, records: Sequence[Record], field: str = "") -> Answer:
    """Several facts as a list, each with its day, or with the value of a field where one is given."""
    parts: list[Part] = [
        Say(Phrase("answer.list", {"count": len(records), "what": what(records, view)}), strong=True),
        *listing([dated_item(record, field or view.kind(record).when, view) for record in records]),
    ]
    ids = tuple(record.id for record in records)
    return reply(reading, "list", "sure", parts, records, field, set=ids, count=len(ids))


def _count(reading: Reading, view: View, records: Sequence[Record]) -> Answer:
    parts: list[Part] = [
        Say(Phrase("answer.count", {"count": len(records), "what": what(records, view)}), strong=True),
        *listing([item(record) for record in records]),
    ]
    ids = tuple(record.id for record in records)
    return reply(reading, "count", "sure", parts, records, set=ids, count=len(ids), value=len(ids))


def what(records: Sequence[Record], view: View) -> dict[str, str]:
    """What a list is a list of, in words."""
    kinds = tuple(dict.fromkeys(record.kind for record in records))
    return dict(selection.what(filters.Wanted(kinds=kinds if len(kinds) < 3 else ()), view, len(records)))
