"""`entente gaps`: the questions that found no answer."""

from __future__ import annotations

from pathlib import Path

import click

from bot import batch
from bot.cli.common import built, config_option, configured, database_option
from bot.terminal import render


@click.command()
@click.option("--lang", type=click.Choice(("fr", "en")), help="Say it in this language.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each group of questions.")
@config_option
@database_option
def gaps(lang: str | None, as_json: bool, config: Path | None, database: Path | None) -> None:
    """List the questions that found no answer, those that most people ask first."""
    parts = built(configured(config, database), writes=False, meaning=False)
    try:
        if not as_json:
            shown = lang or parts.config.settings.languages[0]
            click.echo(render(parts.desks.gaps.listing(), shown, parts.translator))
            return
        for gap in parts.desks.gaps.open():
            last = gap.questions[0].at.isoformat(timespec="seconds")
            plain = {"question": gap.text, "asked": len(gap.questions), "people": gap.people, "last": last}
            click.echo(batch.line(plain | {"wordings": list(gap.wordings)}))
    finally:
        parts.close()
