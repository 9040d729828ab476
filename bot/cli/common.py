"""What the commands share: the configuration or the end of the program, and how mistakes are told."""

from __future__ import annotations

import getpass
import os
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from bot import sources, wiring
from bot.config import Config, load_config
from bot.i18n import Translator
from knowledge.plain_values import clean
from knowledge.ports import StoreUnavailable
from knowledge.records import Problem

if TYPE_CHECKING:
    from bot.wiring import Parts

CONFIGURATION: Final = 78
"""The exit code of sysexits.h for a configuration error."""
OUR_MISTAKE: Final = 70
"""The same for a failure inside the program."""
_LONGEST_NAME: Final = 80


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
    except sources.ProblemsFound as found:
        fail(*shown_problems(found.problems))
    except StoreUnavailable as error:
        fail(f"entente: {error.reason}")
    raise AssertionError


def hand_out(data: bytes, output: Path | None) -> None:
    """Writes what was asked for to a file, or to standard output."""
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        fail(f"entente: {output} cannot be written: {error.strerror}")


config_option = click.option(
    "--config", type=click.Path(path_type=Path), help="Configuration file (default: config.yaml)."
)
database_option = click.option("--db", "database", type=click.Path(path_type=Path), help="Database file.")


def author(given: str | None) -> str:
    """In whose name a change is recorded: the one given, else that of the account. A Slack id lets that person take it back
    there."""
    if given is None:
        try:
            return clean(getpass.getuser()) or str(os.getuid())
        except (KeyError, OSError):
            return str(os.getuid())
    if not (name := clean(given)) or len(name) > _LONGEST_NAME:
        raise click.UsageError(f"--as takes a name or a Slack id, of {_LONGEST_NAME} characters at most")
    return name


author_option = click.option(
    "--as", "name", help="In whose name: a Slack id (U…) or a name (default: that of your account)."
)


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
