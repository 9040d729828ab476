"""`entente calendar`: the deadlines as a file that calendar programs open."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.cli.common import built, config_option, configured, database_option, hand_out
from bot.rules import language_of
from bot.settings import CHANNEL
from scheduler.values import Scope

Command = TypeVar("Command", bound=Callable[..., Any])


def calendar_options(where: str = "") -> Callable[[Command], Command]:
    """The options that say what a calendar holds and where it goes; their help begins with `where` they count."""

    def told(text: str) -> str:
        return f"{where}{text}" if where else text[0].upper() + text[1:]

    options = (
        click.option(
            "--channel",
            default="",
            help=told("what this channel (C…) follows and may see (default: what anybody may)."),
        ),
        click.option("--theme", default="", help=told("only the facts filed under this theme.")),
        click.option("--country", default="", help=told("only the facts that concern this country (two letters: SE).")),
        click.option(
            "--lang", type=click.Choice(("fr", "en")), help=told("in this language (default: that of the channel).")
        ),
        click.option(
            "--output", type=click.Path(path_type=Path, dir_okay=False), help="File (default: standard output)."
        ),
    )
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


@click.command("calendar")
@click.option("--kind", default="", help="Only the facts of this kind.")
@calendar_options()
@config_option
@database_option
def calendar_command(
    channel: str,
    kind: str,
    theme: str,
    country: str,
    lang: str | None,
    output: Path | None,
    config: Path | None,
    database: Path | None,
) -> None:
    """Write the deadlines as an ICS file: hours in their time zones, moved and cancelled dates followed."""
    write_calendar(Scope(channel, kind, theme, country.upper()), lang, output, config, database)


def write_calendar(
    scope: Scope, lang: str | None, output: Path | None, config: Path | None, database: Path | None
) -> None:
    """Writes the calendar to a file or to standard output, or says which of its names does not exist."""
    if scope.channel and not CHANNEL.fullmatch(scope.channel):
        raise click.UsageError(f"{scope.channel} is not the id of a Slack channel; it begins with C")
    parts = built(configured(config, database), writes=False, meaning=False)
    try:
        desk = parts.desks.calendars
        for option, name, known in (
            ("kind", scope.kind, desk.kinds),
            ("theme", scope.theme, desk.themes),
            ("country", scope.country, desk.countries),
        ):
            if name and name not in known:
                raise click.UsageError(f"there is no {option} {name}: {', '.join(known)}")
        data = desk.feed(scope, lang or language_of(scope.channel, parts.config.settings)).data
    finally:
        parts.close()
    hand_out(data, output)
