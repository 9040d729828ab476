"""A figure of one year, where others count the same in all: "combien de prescriptions sur la seule année 2024 ?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.questions import quantities
from knowledge.questions.lexicon import keys
from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import fold, stems

_A_YEAR: Final = frozenset(
    key for word in ("an", "annee", "annuel", "annuelle", "year", "yearly", "annual") for key in stems(word)
)
_BY_THE_YEAR: Final = _A_YEAR | {"par", "per", "a"}
_PACE: Final = re.compile(
    r"\b(?:seule annee|cette annee[- ]la|that year|alone|only|par an|(?:per|a|each|every) year|chaque annee|annuel(?:le)?s?|yearly|annual(?:ly)?)\b"
    r"|\b(?:entre|between|de|from) (?:19|20)\d\d (?:et|and|a|to) (?:19|20)\d\d\b"
)


def counted_by_the_year(reading: Reading, view: View, records: Sequence[Record]) -> Record | None:
    """Where a figure of one year is asked, the one record that counts by the year what the likeliest of these counts, where others
    count it in all; None where no year is spoken of so, or nothing was found."""
    if not records or quantities.counted_in(records[0]) is None or not _PACE.search(fold(reading.asked.text)):
        return None
    units = {
        record.id: keys(held[1].unit.values())
        for record in view.records.values()
        if (held := quantities.counted_in(record))
    }
    unit = units[records[0].id] - _BY_THE_YEAR
    yearly = [name for name, keys_of in units.items() if keys_of & _A_YEAR and keys_of - _BY_THE_YEAR == unit]
    several = sum(keys_of - _BY_THE_YEAR == unit for keys_of in units.values()) > 1
    return view.records[yearly[0]] if several and len(yearly) == 1 else None
