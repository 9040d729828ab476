"""`entente import` and `entente export`: facts in and out as CSV, XLSX, YAML or JSON."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import sources, wiring
from bot.cli.calendar import calendar_options, write_calendar
from bot.cli.common import (
    author,
    author_option,
    built,
    config_option,
    configured,
    database_option,
    fail,
    hand_out,
    shown_problems,
)
from bot.desk.exchanging import counts
from bot.terminal import render, render_problem, safe
from knowledge.exchange.files import FORMATS, LOCAL, OtherEncoding, format_of, read_upload, write_file
from knowledge.exchange.plan import ImportPlan
from knowledge.exchange.rows import Read
from knowledge.keeping import Conflict, NothingToUndo, Overtaken
from knowledge.messages import Message, Phrase, Say
from knowledge.ports import StoreUnavailable
from knowledge.records import COMMAND_LINE, Problem
from scheduler.values import Scope

if TYPE_CHECKING:
    from bot.wiring import Parts

_form_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Format (default: as the file is named)."
)


@click.command("export")
@click.option("--kind", help="Only the facts of this kind.")
@_form_option
@click.option(
    "--ics", is_flag=True, help="The deadlines for calendar programs instead, as `entente calendar` writes them."
)
@calendar_options("With --ics: ")
@config_option
@database_option
def export_command(
    kind: str | None,
    form: str | None,
    ics: bool,
    channel: str,
    theme: str,
    country: str,
    lang: str | None,
    output: Path | None,
    config: Path | None,
    database: Path | None,
) -> None:
    """Write every fact, in a form that import reads back; or the deadlines for calendar programs."""
    if ics or (output is not None and output.suffix.lower() == ".ics" and form is None):
        if form is not None:
            raise click.UsageError("--ics is a format of its own: leave --format out")
        write_calendar(Scope(channel, kind or "", theme, country.upper()), lang, output, config, database)
        return
    if channel or theme or country or lang:
        raise click.UsageError("--channel, --theme, --country and --lang go with --ics")
    named = format_of(output.name) if output is not None else "csv"
    if not (form := form or named):
        raise click.UsageError(f"give --format, or a file that ends in one of: {', '.join(FORMATS)}")
    parts = built(configured(config, database), writes=False, meaning=False)
    try:
        kinds = parts.base.kinds
        if kind is not None and kind not in kinds:
            raise click.UsageError(f"there is no kind {kind}: {', '.join(kinds)}")
        records = [one for one in parts.base.records() if kind in (None, one.kind)]
        with progress(records, parts, "exchange.writing") as bar:
            data = write_file(form, bar, kinds)
        if isinstance(data, Problem):
            refuse(parts, data, "")
            raise AssertionError
    finally:
        parts.close()
    hand_out(data, output)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_form_option
@click.option("--kind", default="", help="The kind of the facts that name none.")
@click.option("--encoding", default="", help="Encoding of a text that is not in UTF-8, for example cp1252.")
@click.option("--replace", "replacing", is_flag=True, help="Make the base equal to the file: retire the other facts.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--skip-bad", is_flag=True, help="Import the good rows of a file with bad ones.")
@author_option
@config_option
@database_option
def import_command(
    file: Path,
    form: str | None,
    kind: str,
    encoding: str,
    replacing: bool,
    dry_run: bool,
    skip_bad: bool,
    name: str | None,
    config: Path | None,
    database: Path | None,
) -> None:
    """Add and update facts from FILE (CSV, XLSX, YAML or JSON), all in one transaction or none."""
    if replacing and skip_bad:
        raise click.UsageError("--replace needs a file whose rows are all right, so it cannot go with --skip-bad")
    by, data = author(name), bytes_of(file)
    parts = opened(config, database, writes=not dry_run)
    try:
        if sys.stderr.isatty():
            say(parts, _one("exchange.reading", file=file.name), err=True)
        read = read_upload(file.name, data, parts.base.kinds, LOCAL, form=form or "", encoding=encoding, kind=kind)
        if not isinstance(read, Read):
            refuse(parts, read, file.name)
            raise AssertionError
        with progress(read.rows, parts, "exchange.comparing") as bar:
            plan = parts.base.plan_import(bar, parts.desk.today(), replacing)
        problems = (*read.problems, *plan.refused)
        stopped = bool(problems) and not (skip_bad and read.rows)
        if dry_run or problems:
            say(parts, Message(tuple(parts.desks.keeping.exchange.report(plan, problems))), err=not dry_run)
        if stopped:
            say(parts, _one("exchange.nothing_imported"), err=True)
        elif dry_run:
            say(parts, _one("exchange.nothing_changed"))
        else:
            stopped = not carried_out(parts, plan, by, file.name)
    finally:
        parts.close()
    sys.exit(1 if stopped else 0)


def carried_out(parts: Parts, plan: ImportPlan, by: str, file: str) -> bool:
    """Writes what the file changes and says so; False where a fact was changed meanwhile."""
    saved = parts.base.import_batch(plan, by, f"{COMMAND_LINE}import {file}")
    if isinstance(saved, Conflict):
        say(parts, _one("exchange.changed_meanwhile", id=saved.record_id), err=True)
        return False
    say(parts, _one("exchange.imported", **counts(plan)))
    return True


def say(parts: Parts, message: Message, *, err: bool = False) -> None:
    """The message in the first language of the configuration."""
    click.echo(render(message, parts.config.settings.languages[0], parts.translator), err=err)


def _one(key: str, **arguments: str | Phrase) -> Message:
    return Message((Say(Phrase(key, arguments)),))


@click.command("undo")
@author_option
@config_option
@database_option
def undo_command(name: str | None, config: Path | None, database: Path | None) -> None:
    """Take back the last change made in that name: a whole import, or one change."""
    by = author(name)
    parts = opened(config, database, writes=True)
    try:
        result = parts.base.undo(by, reason=f"{COMMAND_LINE}undo")
        nothing = isinstance(result, NothingToUndo | Overtaken)
        say(parts, parts.desks.keeping.telling.undone(result, str), err=nothing)
    finally:
        parts.close()
    sys.exit(1 if nothing else 0)


def opened(config: Path | None, database: Path | None, *, writes: bool) -> Parts:
    """The parts, or the end of the program; a running bot keeps the base to itself."""
    loaded = configured(config, database)
    try:
        return wiring.build(loaded, writes=writes, meaning=False)
    except sources.ProblemsFound as found:
        fail(*shown_problems(found.problems))
    except StoreUnavailable as error:
        fail(
            f"entente: {error.reason}",
            "Nothing was changed. Beside a running bot, import --dry-run works; to change facts, stop it first.",
        )
    raise AssertionError


def progress(items: Sequence[Any], parts: Parts, key: str) -> AbstractContextManager[Any]:
    """The items, with a bar on standard error where that is a terminal, labelled in the first language of the configuration."""
    label = parts.translator.say(Phrase(key), parts.config.settings.languages[0])
    return click.progressbar(items, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def bytes_of(file: Path) -> bytes:
    """What the file holds, to just beyond the limit, or the end of the program."""
    try:
        with file.open("rb") as stream:
            return stream.read(LOCAL.size + 1)
    except OSError as error:
        fail(f"entente: {file} cannot be read: {error.strerror}")
        raise AssertionError from error


def refuse(parts: Parts, problem: Problem | OtherEncoding, file: str) -> None:
    """The end of the program, with why the file cannot be read or written."""
    samples: tuple[str, ...] = ()
    if isinstance(problem, OtherEncoding):
        samples = problem.samples
        problem = Problem("", Phrase("exchange.other_encoding", {"encoding": problem.encoding}))
    lang = parts.config.settings.languages[0]
    click.echo(
        render_problem(Problem(problem.field, problem.phrase, problem.line, file), lang, parts.translator), err=True
    )
    for sample in samples:
        click.echo(f"  {safe(sample)}", err=True)
    sys.exit(1)
