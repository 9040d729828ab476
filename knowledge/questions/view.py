"""What a form of question may look at: the records as they are now, what organises them, and the search over them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.kinds import FieldSpec, Kind
from knowledge.messages import Text
from knowledge.records import Record
from knowledge.search.index import Hit


class Searcher(Protocol):
    """The part of `SearchIndex` that questions use."""

    def search(self, text: str, limit: int = 10, among: Collection[str] | None = None) -> list[Hit]: ...

    def knows(self, word: str) -> bool: ...

    def weight(self, word: str) -> float: ...


@dataclass(frozen=True)
class View:
    """A consistent state of the base. `records` holds only what may be shown; `bodies` maps the key of a body to its names
    (folded); `home` is the ISO code of the programme's own country ("we" in an agreement); `places` names countries."""

    records: Mapping[str, Record]
    kinds: Mapping[str, Kind]
    themes: Mapping[str, Text]
    places: Mapping[str, Text]
    bodies: Mapping[str, frozenset[str]]
    index: Searcher
    home: str = "FR"

    def kind(self, record: Record) -> Kind:
        return self.kinds[record.kind]

    def spec(self, record: Record, field: str) -> FieldSpec | None:
        return self.kinds[record.kind].field(field)

    def of_kinds(self, kinds: Collection[str]) -> Sequence[Record]:
        return [record for record in self.records.values() if not kinds or record.kind in kinds]
