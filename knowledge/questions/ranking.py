"""Which of several facts comes first or last, by its days or by its figure: "le plus récent ?", "which closes first?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from knowledge.fields import Money, Quantity
from knowledge.questions import attribute, needs, progress, selection
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.records import Record

_LATEST: Final = re.compile(
    r"\b(?:plus recente?s?|plus recemment|(?:derniere?s?) en date|latest|newest|newer|later|most recent(?:ly)?|more recent|plus nouve\w+|plus tard(?:ive?)?|the last of (?:them|these|those))\b"
)
_EARLIEST: Final = re.compile(
    r"\b(?:plus ancien(?:ne)?s?|plus vieux|plus vieilles?|oldest|older|earliest|earlier|plus tot|soonest|sooner|en 1eme|avant l autre|plus proche|plus imminente?)\b"
)
_BIGGEST: Final = re.compile(
    r"\b(?:plus (?:gros|grosse|grand|grande|eleve|elevee|fort|forte|important|importante|cher|chere|riche|dotee?|ambitieu(?:x|se)|argent|fonds)s?|mieux dotee?|biggest|bigger|largest|larger|highest|higher|greatest|greater|richest|best funded|most (?:money|funding|ambitious|generous|expensive)|le plus|the most|more money)\b"
)
_SMALLEST: Final = re.compile(
    r"\b(?:plus (?:petit|petite|faible|bas|basse|modeste)s?|moins (?:gros|grosse|grand|grande|eleve|elevee|dotee?|cher|chere|riche|argent|ambitieu(?:x|se))|smallest|smaller|lowest|lower|least (?:money|funding|ambitious)|the least|le moins)\b"
)
_CAME: Final = re.compile(
    r"\b(?:came|comes?|happened|took place|was|were|held|vient|viennent|est venue?|arrive|arrivent|a eu lieu|ont eu lieu)(?: (?:en|tout))* $"
)
_BY_ORDER: Final = re.compile(r"\b(?:1eme|en 1eme|first|en dernier|derniere?s?|last|d abord)\b")


def ranked(reading: Reading, view: View, records: Sequence[Record]) -> tuple[Record, ...]:
    """The one that comes first or last by its days, or by its figure; several where they tie, () where no order is asked or
    none can be told. What else the question says must hold no other subject."""
    if (
        (order := _order(reading)) is None
        or reading.says(progress.SO_FAR)
        or any(reading.named(topic) for topic in ("kind", "country", "body", "city"))
    ):
        return ()
    value, best = order
    rated = [(rate, record) for record in records if (rate := value(reading, view, record)) is not None]
    if not rated:
        return ()
    top = best(rate for rate, _ in rated)
    return tuple(record for rate, record in rated if rate == top)


def orders(reading: Reading) -> bool:
    """Whether an order is asked for."""
    return _order(reading) is not None


def by_size(reading: Reading) -> bool:
    """Whether the order asked for is one of amounts."""
    order = _order(reading)
    return order is not None and order[0] is _size


def size(reading: Reading, view: View, record: Record) -> Answer:
    """The amount or figure of a record."""
    return attribute.about(reading, view, record, needs.Need("amount", ()))


def _order(reading: Reading) -> tuple[Callable[..., float | None], Callable[..., float]] | None:
    said = reading.plain
    if _SMALLEST.search(said):
        return _size, min
    if _LATEST.search(said):
        return _moment, max
    if _EARLIEST.search(said):
        return _moment, min
    if _BIGGEST.search(said):
        return _size, max
    # "Which closes first?": an order of days, where "the first one" is a place in what was shown.
    match = _BY_ORDER.search(said)
    if match is None or not re.search(r"\b(?:which|lequel|laquelle|qui|what|quel|quelle)\b", said):
        return None
    after_field = any(match.start() > len(" ".join(reading.tokens[: tag.last])) for tag in reading.named("field"))
    if after_field or _CAME.search(said[: match.start()]):
        return _moment, max if match.group().startswith(("der", "last", "en der")) else min
    return None


def _moment(reading: Reading, view: View, record: Record) -> float | None:
    """When a record happened: its day of the field named, else of its kind, else the first one on its card."""
    fields = [name for name in reading.values("field") if (spec := view.spec(record, name)) and spec.type == "day"]
    days = selection.days_of(record, fields[0] if fields else "", view)
    return max((float(day.first.toordinal()) for day in days), default=None)


def _size(reading: Reading, view: View, record: Record) -> float | None:
    """The amount or figure of a record."""
    for value in (record.values.get(spec.name) for spec in view.kind(record).fields):
        if isinstance(value, Money):
            return float(value.amount)
        if isinstance(value, Quantity) and value.value is not None:
            return float(value.value)
    return None
