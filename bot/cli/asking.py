"""`entente ask`: one question, or a batch of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from bot import batch, wiring
from bot.cli.common import built, config_option, configured, database_option
from bot.parameters import Day

if TYPE_CHECKING:
    from bot.wiring import Parts

MEANING_PATIENCE: Final = 900.0
"""Seconds that a batch waits for the meanings of the facts, which are read once for each base."""


@click.command()
@click.argument("question", required=False)
@click.option(
    "--batch", "batch_file", type=click.Path(allow_dash=True), help="Questions as JSON lines, or - for standard input."
)
@click.option("--lang", type=click.Choice(("fr", "en")), help="Answer in this language.")
@click.option("--today", type=Day(), help="The day on which it is asked.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@click.option("--why", is_flag=True, help="Show what matched and what came second.")
@config_option
@database_option
def ask(
    question: str | None,
    batch_file: str | None,
    lang: str | None,
    today: date | None,
    as_json: bool,
    why: bool,
    config: Path | None,
    database: Path | None,
) -> None:
    """Ask the base a QUESTION, or many at once with --batch."""
    if (question is None) == (batch_file is None):
        raise click.UsageError('give one question, or --batch FILE. Example: entente ask "Quand ferme JTC2024 ?"')
    with opened(batch_file) if batch_file is not None else nullcontext() as lines:
        loaded = configured(config, database)
        # One question does not wait a minute for the model to read every fact: it is used where that was done before.
        parts = built(loaded, writes=False, meaning=lines is not None or wiring.vectors(loaded).exists())
        try:
            if not parts.base.wait_until_ready(2) and lines is not None:
                click.echo(
                    "reading the meanings of the facts, once for each base: this takes a minute or two", err=True
                )
                parts.base.wait_until_ready(MEANING_PATIENCE)
            if lines is not None:
                for answer in batch.answers(batch_lines(lines), parts, lang, today, why):
                    click.echo(batch.line(answer))
            else:
                answer_one(parts, {"text": question}, lang, today, as_json=as_json, why=why)
        finally:
            parts.close()


def answer_one(
    parts: Parts, plain: dict[str, Any], lang: str | None, today: date | None, *, as_json: bool, why: bool
) -> None:
    answering = batch.Answering(parts)
    answer = answering.one(plain, lang, today, why)
    if as_json:
        del answer["id"]
        click.echo(batch.line(answer))
        return
    click.echo(answer["text"])
    if why:
        click.echo("\n" + answer["why"])


def opened(name: str) -> TextIO:
    try:
        return click.open_file(name, encoding="utf-8-sig", errors="replace")  # type: ignore[return-value]
    except OSError as error:
        raise click.UsageError(f"cannot read {name}: {error.strerror}") from error


def batch_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Each question of a batch. A line that cannot be used ends the program with its number and what is wrong."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield batch.question(line)
        except ValueError as error:
            click.echo(f"line {number}: {error}", err=True)
            sys.exit(1)
