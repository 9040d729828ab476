"""`entente calendar`: the deadlines as a file that calendar programs open."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.common import built, config_option, configured, database_option, hand_out
from knowledge.records import Record


@click.command("calendar")
@click.option("--kind", help="Only the facts of this kind.")
@click.option("--theme", help="Only the facts filed under this theme.")
@click.option("--country", help="Only the facts that concern this country (two letters, such as SE).")
@click.option("--lang", type=click.Choice(("fr", "en")), help="In this language.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File (default: standard output).")
@config_option
@database_option
def calendar_command(
    kind: str | None,
    theme: str | None,
    country: str | None,
    lang: str | None,
    output: Path | None,
    config: Path | None,
    database: Path | None,
) -> None:
    """Write the deadlines as an ICS file: hours in their time zones, moved and cancelled dates followed."""
    from scheduler.calendar_file import calendar_file

    parts = built(configured(config, database), writes=False, meaning=False)
    try:
        if kind is not None and kind not in parts.base.kinds:
            raise click.UsageError(f"there is no kind {kind}: {', '.join(parts.base.kinds)}")
        settings = parts.config.settings
        records = [one for one in parts.store.records() if _fits(one, kind, theme, country)]
        spoken = lang or settings.languages[0]
        data = calendar_file(records, parts.base.kinds, spoken, parts.clock.now(), settings.name)
    finally:
        parts.close()
    hand_out(data, output)


def _fits(record: Record, kind: str | None, theme: str | None, country: str | None) -> bool:
    return (
        kind in (None, record.kind)
        and (theme is None or theme in record.themes)
        and (country is None or country.upper() in record.values.get("countries", ()))
    )
