"""Facts in and out as a file: what an import would do, doing it in one transaction, and the whole base as a table.

Knows no Slack. The file is never kept: it is read again when the import is confirmed, so that what is done is decided on
the base as it then is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.audience import Viewer, visible
from knowledge.base import KnowledgeBase
from knowledge.exchange.files import UPLOAD, OtherEncoding, read_upload, write_file
from knowledge.exchange.plan import ImportPlan
from knowledge.exchange.rows import Row
from knowledge.keeping import Conflict
from knowledge.messages import Action, Actions, Message, Note, Part, Phrase, Say
from knowledge.records import Problem, Record

BYTES: Final = UPLOAD.size
ROWS: Final = UPLOAD.rows
SHOWN: Final = 10
FIRST: Final = 3
LINES: Final = 5
TOLD_EVERY: Final = 50


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

    def __init__(
        self, base: KnowledgeBase, today: Callable[[], date], differences: Callable[[Record, Record], list[Part]]
    ) -> None:
        self._base, self._today, self._differences = base, today, differences

    def plan(
        self, name: str, raw: bytes, encoding: str = "", told: Callable[[int, int], None] = lambda done, rows: None
    ) -> Plan | OtherEncoding | Phrase:
        """What the file would do, or why it is not read, or the encoding to agree on first. Nothing is written. `told` hears how
        many of its rows are compared with the base, none at first."""
        read = read_upload(name, raw, self._base.kinds, UPLOAD, encoding=encoding)
        if isinstance(read, Problem):
            return Phrase("import.refused", {"problem": read.phrase})
        if isinstance(read, OtherEncoding):
            return read
        changes = self._base.plan_import(_counted(read.rows, told), self._today())
        return Plan(changes, (*read.problems, *changes.refused), len(read.rows))

    def report(self, changes: ImportPlan, wrong: Sequence[Problem]) -> list[Part]:
        """What an import would do: how many facts, the first new and changed ones, each mistake with its row and column."""
        refused = Phrase("import.rows_refused", {"count": len({(one.file, one.line) for one in wrong})})
        parts: list[Part] = [Say(Phrase("import.would", {**counts(changes), "refused": refused}))]
        if changes.retired:
            parts.append(Say(Phrase("import.would_retire", {"count": len(changes.retired)})))
        if changes.new:
            titles = [record.titles for record in changes.new[:FIRST]]
            parts.append(Note(Phrase("import.first_new", {"titles": titles, "count": len(titles)})))
        for before, after in changes.changed[:FIRST]:
            parts.append(Say(Phrase("import.first_changed", {"title": before.titles})))
            lines = self._differences(before, after)
            parts += lines[:LINES]
            if len(lines) > LINES:
                parts.append(Note(Phrase("import.more_changes", {"count": len(lines) - LINES})))
        parts += [Note(_placed(one)) for one in wrong[:SHOWN]]
        if len(wrong) > SHOWN:
            parts.append(Note(Phrase("exchange.more", {"count": len(wrong) - SHOWN})))
        return parts

    def offer_encoding(self, other: OtherEncoding, file: str) -> Message:
        """How the first rows would read in that encoding, and the button that agrees to it."""
        said = [Say(Phrase("import.other_encoding", {"encoding": other.encoding}))]
        samples = [Note(Phrase("import.sample", {"row": sample})) for sample in other.samples]
        agree = Action("import_read", Phrase("import.read_so"), f"{file} {other.encoding}")
        return Message((*said, *samples, Actions((agree,))))

    def offer(self, plan: Plan, file: str) -> Message:
        """The report of what the file would do, and the buttons that go on or leave it at that."""
        parts = self.report(plan.changes, plan.wrong)
        if plan.wrong:
            parts.append(Say(Phrase("import.nothing_yet", {"rows": plan.rows})))
        if plan.good:
            name, key = ("import_good", "import.do_good") if plan.wrong else ("import_all", "import.do")
            go_on = Action(name, Phrase(key, {"count": plan.good}), file)
            parts.append(Actions((go_on, Action("import_cancel", Phrase("import.cancel"), file))))
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
        undo = Action("import_undo", Phrase("keep.undo"), str(made[0].batch))
        return Message((Say(Phrase("import.done", counts(plan.changes))), Actions((undo,))))

    def table(self, kind: str, viewer: Viewer, form: str = "csv") -> bytes | Phrase:
        """The facts of a kind ("" for all) that this viewer may see, in a format of `FORMATS`, or why they do not fit it."""
        shown = [one for one in self._base.records() if kind in ("", one.kind) and visible(one, viewer)]
        made = write_file(form, shown, self._base.kinds)
        return made.phrase if isinstance(made, Problem) else made


def counts(changes: ImportPlan) -> dict[str, Phrase]:
    """How many facts are new, changed and so on, each in words."""
    kept = {"new": changes.new, "changed": changes.changed, "unchanged": changes.unchanged, "retired": changes.retired}
    return {name: Phrase(f"import.{name}", {"count": len(found)}) for name, found in kept.items()}


def _counted(rows: Sequence[Row], told: Callable[[int, int], None]) -> Iterator[Row]:
    for done, row in enumerate(rows):
        if not done % TOLD_EVERY:
            told(done, len(rows))
        yield row


def _placed(problem: Problem) -> Phrase:
    """A mistake with the sheet, the row and the column where it is."""
    place = {"row": problem.line or 1, "column": problem.field, "problem": problem.phrase}
    said = problem.phrase
    if problem.line is not None:
        said = Phrase("import.at" if problem.field else "import.at_row", place)
    return Phrase("import.in_sheet", {"sheet": problem.file, "problem": said}) if problem.file else said
