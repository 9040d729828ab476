"""`entente glossary`: the pairs of words that the team added."""

from __future__ import annotations

from pathlib import Path

import click

from bot import batch
from bot.cli.common import built, config_option, configured, database_option
from bot.terminal import render
from knowledge.glossary_pairs import GlossaryPair


@click.command()
@click.option("--lang", type=click.Choice(("fr", "en")), help="Say it in this language.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each pair, also those taken out.")
@config_option
@database_option
def glossary(lang: str | None, as_json: bool, config: Path | None, database: Path | None) -> None:
    """List the pairs of words that the team added to the glossary."""
    parts = built(configured(config, database), writes=False, meaning=False)
    try:
        if not as_json:
            shown = lang or parts.config.settings.languages[0]
            click.echo(render(parts.desks.glossary.listing(), shown, parts.translator))
            return
        for pair in parts.base.glossary.pairs():
            click.echo(batch.line(_plain(pair)))
    finally:
        parts.close()


def _plain(pair: GlossaryPair) -> dict[str, object]:
    plain: dict[str, object] = {"said": pair.said, "means": pair.means, "by": pair.by}
    plain["at"] = pair.at.isoformat(timespec="seconds") if pair.at else ""
    if pair.removed_at:
        plain |= {"removed_by": pair.removed_by, "removed_at": pair.removed_at.isoformat(timespec="seconds")}
    return plain
