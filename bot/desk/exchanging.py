"""Facts in and out as a file: what an import would do, doing it in one transaction, and the whole base as a table.

Knows no Slack. The file is never kept: it is read again when the import is confirmed, so that what is done is decided on
the base as it then is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.audience import Viewer, visible
from knowledge.base import KnowledgeBase
from knowledge.exchange.csv_files import read_csv, write_csv
from knowledge.exchange.plain import record_to_plain
from knowledge.exchange.plan import ImportPlan
from knowledge.keeping import Conflict
from knowledge.messages import Action, Actions, Message, Note, Part, Phrase, Say
from knowledge.records import Problem

BYTES: Final = 2**20
ROWS: Final = 2000
SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do: `wrong` are the mistakes of its form and of its rows, `rows` how many it has."""

    changes: ImportPlan
    wrong: tuple[Problem, ...]
    rows: int

    @property
    def good(self) -> int:
        return len(self.changes.new) + len(self.changes.changed)


class Exchanging:
    """Imports and exports. Safe to use from any thread."""

    def __init__(self, base: KnowledgeBase, today: Callable[[], date]) -> None:
        self._base, self._today = base, today

    def plan(self, name: str, raw: bytes) -> Plan | Phrase:
        """What the file would do, or why it is not read. Nothing is written."""
        if len(raw) > BYTES:
            return Phrase("import.too_big", {"megabytes": BYTES // 2**20})
        if not name.lower().endswith((".csv", ".txt", ".tsv")):
            return Phrase("import.not_a_table")
        try:
            text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        except UnicodeDecodeError:
            return Phrase("problem.not_utf8")
        rows, wrong = read_csv(text, self._base.kinds)
        if len(rows) > ROWS:
            return Phrase("import.too_many_rows", {"rows": len(rows), "limit": ROWS})
        changes = self._base.plan_import(rows, self._today())
        return Plan(changes, (*wrong, *changes.refused), len(rows))

    def offer(self, plan: Plan, file: str) -> Message:
        """The difference that the file makes, each mistake with its row and column, and the button that goes on."""
        changes = plan.changes
        counts = {"new": len(changes.new), "changed": len(changes.changed), "unchanged": len(changes.unchanged)}
        parts: list[Part] = [Say(Phrase("import.would", {**counts, "refused": len({one.line for one in plan.wrong})}))]
        parts += [Note(_placed(one)) for one in plan.wrong[:SHOWN]]
        if len(plan.wrong) > SHOWN:
            parts.append(Note(Phrase("exchange.more", {"count": len(plan.wrong) - SHOWN})))
        if plan.wrong:
            parts.append(Say(Phrase("import.nothing_yet", {"rows": plan.rows})))
        if plan.good:
            name, key = ("import_good", "import.do_good") if plan.wrong else ("import_all", "import.do")
            parts.append(Actions((Action(name, Phrase(key, {"count": plan.good}), file),)))
        return Message(tuple(parts))

    def carry_out(self, plan: Plan, by: str, name: str, *, only_good: bool) -> Message:
        """Writes what the file changes, in one transaction or not at all. Raises StoreUnavailable."""
        if plan.wrong and not only_good:
            return Message((Say(Phrase("import.changed_since")),))
        made = self._base.import_batch(plan.changes, by, f"import {name}")
        if isinstance(made, Conflict):
            return Message((Say(Phrase("import.changed_since")),))
        if not made:
            return Message((Say(Phrase("keep.unchanged")),))
        changes = plan.changes
        said = Phrase("import.done", {"new": len(changes.new), "changed": len(changes.changed)})
        return Message((Say(said), Actions((Action("undo", Phrase("keep.undo"), str(made[0].batch)),))))

    def table(self, kind: str, viewer: Viewer) -> bytes:
        """The facts of a kind ("" for all) that this viewer may see, as CSV for a spreadsheet."""
        kinds = self._base.kinds
        records = [
            record
            for record in sorted(self._base.records(), key=lambda record: record.id)
            if record.kind in kinds and kind in ("", record.kind) and visible(record, viewer)
        ]
        return write_csv([record_to_plain(record, kinds) for record in records], kinds).encode("utf-8-sig")


def _placed(problem: Problem) -> Phrase:
    """A mistake with the row and the column where it is."""
    if problem.line is None:
        return problem.phrase
    return Phrase("import.at", {"row": problem.line, "column": problem.field, "problem": problem.phrase})
