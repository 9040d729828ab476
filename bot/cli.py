"""The command line: `entente ask | run | play | doctor | manifest`.

Every mistake is one clear line on standard error and an exit code: 1 for a question that cannot be read, 2 for wrong usage,
70 for a mistake of ours, 78 for a configuration or base that cannot be used.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from bot import batch, wiring
from bot.config import Config, load_config, missing_secrets
from bot.i18n import Translator
from bot.parameters import Day, Moment
from knowledge.ports import StoreUnavailable
from knowledge.records import Problem

if TYPE_CHECKING:
    from bot.wiring import Parts

CONFIGURATION: Final = 78
"""The exit code of sysexits.h for a configuration error."""
OUR_MISTAKE: Final = 70
"""The same for a failure inside the program."""
MEANING_PATIENCE: Final = 900.0
"""Seconds that a batch waits for the meanings of the facts, which are read once for each base."""


def fail(*lines: str) -> None:
    """Says why and stops with the code of a configuration that cannot be used."""
    for line in lines:
        click.echo(line, err=True)
    sys.exit(CONFIGURATION)


def shown_problems(problems: Iterable[Problem], lang: str = "en") -> list[str]:
    from bot.terminal import render_problem

    translator = Translator()
    return [render_problem(problem, lang, translator) for problem in problems]


def configured(config: Path | None, database: Path | None) -> Config:
    """The configuration, or the end of the program with every mistake in it."""
    environ = wiring.environment()
    if database is not None:
        environ["ENTENTE_DB"] = str(database)
    loaded = load_config(config, environ)
    if not isinstance(loaded, Config):
        fail(*shown_problems(loaded))
        raise AssertionError
    return loaded


def built(config: Config, **options: Any) -> Parts:
    """The parts, or the end of the program with the reason."""
    try:
        return wiring.build(config, **options)
    except wiring.ProblemsFound as found:
        fail(*shown_problems(found.problems))
    except StoreUnavailable as error:
        fail(f"entente: {error.reason}")
    raise AssertionError


_config = click.option("--config", type=click.Path(path_type=Path), help="Configuration file (default: config.yaml).")
_database = click.option("--db", "database", type=click.Path(path_type=Path), help="Database file.")


class Program(click.Group):
    """The commands. A mistake of ours ends with one line that says where it was made, never with a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except StoreUnavailable as error:
            fail(f"entente: {error.reason}")
        except Exception as error:  # noqa: BLE001 - whatever it is, people get a line
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(frame.filename).name}:{frame.lineno}"
            click.echo(f"entente: something went wrong inside ({type(error).__name__} at {place}).", err=True)
            sys.exit(OUR_MISTAKE)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="entente")
def main() -> None:
    """A knowledge base and a Slack bot for a team that runs an international programme."""


@main.command()
@click.argument("question", required=False)
@click.option(
    "--batch", "batch_file", type=click.Path(allow_dash=True), help="Questions as JSON lines, or - for standard input."
)
@click.option("--lang", type=click.Choice(("fr", "en")), help="Answer in this language.")
@click.option("--today", type=Day(), help="The day on which it is asked.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@click.option("--why", is_flag=True, help="Show what matched and what came second.")
@_config
@_database
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
                for answer in batch.answers(batch_lines(lines), parts, lang, today):
                    click.echo(batch.line(answer))
            else:
                answer_one(parts, {"text": question}, lang, today, as_json=as_json, why=why)
        finally:
            parts.close()


def answer_one(
    parts: Parts, plain: dict[str, Any], lang: str | None, today: date | None, *, as_json: bool, why: bool
) -> None:
    answering = batch.Answering(parts)
    answer = answering.one(plain, lang, today)
    reasons = answering.why(plain["text"], lang, today) if why else ""
    if as_json:
        del answer["id"]
        click.echo(batch.line(answer | ({"why": reasons} if why else {})))
        return
    click.echo(answer["text"])
    if reasons:
        click.echo("\n" + reasons)


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


@main.command()
@click.option("--http", is_flag=True, help="Serve HTTP at /slack/events instead of Socket Mode (port from PORT).")
@click.option("--at", type=Moment(), help="Start the clock at this moment.")
@_config
@_database
def run(http: bool, at: datetime | None, config: Path | None, database: Path | None) -> None:
    """Connect to Slack and answer until stopped."""
    from bot.running import run_until_stopped

    loaded = configured(config, database)
    if problems := missing_secrets(loaded, http):
        fail(*shown_problems(problems))
    parts = built(loaded, clock=wiring.SystemClock(at))
    try:
        code = run_until_stopped(parts, http)
    finally:
        parts.close()
    sys.exit(code)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the page (default: PORT, else 8080).")
@click.option("--at", type=Moment(), help="Start the clock at this moment.")
@_config
@_database
def play(port: int | None, at: datetime | None, config: Path | None, database: Path | None) -> None:
    """Open the playground: a page that plays Slack on this machine."""
    from bot.running import play_until_stopped

    loaded = configured(config, database)
    parts = built(loaded, clock=wiring.SystemClock(at))
    try:
        code = play_until_stopped(parts, loaded.port if port is None else port)
    finally:
        parts.close()
    sys.exit(code)


@main.command()
@_config
@_database
def doctor(config: Path | None, database: Path | None) -> None:
    """Check the configuration, the database and, where tokens are given, Slack."""
    from bot.doctor import examine

    sound = True
    for check in examine(config, database, wiring.environment()):
        sound = sound and check.sound
        click.echo(f"{'ok  ' if check.sound else 'FAIL'} {check.what}: {check.finding}")
    sys.exit(0 if sound else CONFIGURATION)


@main.command("manifest")
@click.option("--request-url", default="", help="Public address of /slack/events, for HTTP mode.")
@_config
def manifest_command(request_url: str, config: Path | None) -> None:
    """Print the app manifest for Slack, as JSON."""
    from bot.manifest import manifest

    settings = configured(config, None).settings
    prompts = wiring.suggested(settings.languages[0])
    plain = manifest(settings.name, prompts=prompts, request_url=request_url)
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
