"""`entente import` and `entente export`: facts in and out as CSV."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from bot import wiring
from bot.cli.common import built, config_option, configured, database_option, fail, shown_problems
from bot.i18n import Translator
from bot.terminal import render_problem
from knowledge.exchange.csv_files import read_csv, write_csv
from knowledge.exchange.plain import record_to_plain
from knowledge.exchange.plan import ImportPlan
from knowledge.messages import Phrase
from knowledge.ports import StoreUnavailable
from knowledge.records import Problem

SIZE_LIMIT: Final = 50 * 2**20
SHOWN: Final = 10


@click.command("export")
@click.option("--kind", help="Only the facts of this kind.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File (default: standard output).")
@config_option
@database_option
def export_command(kind: str | None, output: Path | None, config: Path | None, database: Path | None) -> None:
    """Write every fact as CSV, in a form that import reads back."""
    parts = built(configured(config, database), writes=False, meaning=False)
    try:
        kinds = parts.base.kinds
        if kind is not None and kind not in kinds:
            raise click.UsageError(f"there is no kind {kind}: {', '.join(kinds)}")
        records = [one for one in parts.base.records() if one.kind in kinds and kind in (None, one.kind)]
        plains = [record_to_plain(record, kinds) for record in sorted(records, key=lambda record: record.id)]
    finally:
        parts.close()
    data = write_csv(plains, kinds).encode("utf-8-sig")
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        fail(f"entente: {output} cannot be written: {error.strerror}")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", "replacing", is_flag=True, help="Make the base equal to the file: retire the other facts.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--skip-bad", is_flag=True, help="Import the good rows of a file with bad ones.")
@config_option
@database_option
def import_command(
    file: Path, replacing: bool, dry_run: bool, skip_bad: bool, config: Path | None, database: Path | None
) -> None:
    """Add and update facts from a CSV FILE, all in one transaction or none."""
    if replacing and skip_bad:
        raise click.UsageError("--replace needs a file whose rows are all right, so it cannot go with --skip-bad")
    text = text_of(file)
    loaded = configured(config, database)
    try:
        parts = wiring.build(loaded, writes=not dry_run, meaning=False)
    except wiring.ProblemsFound as found:
        fail(*shown_problems(found.problems))
    except StoreUnavailable as error:
        fail(
            f"entente: {error.reason}",
            "Nothing was imported. Beside a running bot, --dry-run works; to import, stop it first.",
        )
    try:
        kinds = parts.base.kinds
        rows, wrong = read_csv(text, kinds)
        plan = parts.base.plan_import(rows, parts.desk.today(), replacing)
        problems = (*wrong, *plan.refused)
        show_problems(problems, file)
        stopped = bool(problems) and not (skip_bad and rows)
        if not dry_run and not stopped:
            parts.base.import_batch(plan, "entente", f"import {file.name}")
        click.echo(Translator().say(summary(plan, stopped, dry_run), "en"))
    finally:
        parts.close()
    sys.exit(1 if stopped else 0)


def text_of(file: Path) -> str:
    """The text of the file, or the end of the program with what to do."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(SIZE_LIMIT + 1)
    except OSError as error:
        fail(f"entente: {file} cannot be read: {error.strerror}")
        raise AssertionError from error
    if len(raw) > SIZE_LIMIT:
        raise click.UsageError(f"{file} is too big: at most {SIZE_LIMIT // 2**20} MiB")
    try:
        return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file} is not in UTF-8: save it in that encoding. Nothing was imported.") from error


def show_problems(problems: tuple[Problem, ...], file: Path) -> None:
    translator = Translator()
    for one in problems[:SHOWN]:
        placed = Problem(one.field, one.phrase, one.line, file.name)
        click.echo(render_problem(placed, "en", translator), err=True)
    if len(problems) > SHOWN:
        click.echo(translator.say(Phrase("exchange.more", {"count": len(problems) - SHOWN}), "en"), err=True)


def summary(plan: ImportPlan, stopped: bool, dry_run: bool) -> Phrase:
    counts = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": len(plan.unchanged)}
    counts |= {"retired": len(plan.retired)}
    if stopped:
        return Phrase("exchange.nothing_imported")
    return Phrase("exchange.would_import" if dry_run else "exchange.imported", counts)
