"""`entente due`: what will be said, when and where, before it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import batch
from bot.cli.common import built, config_option, configured, database_option
from bot.desk.stretches import DAYS, MOST_DAYS, days_ahead
from bot.parameters import Moment
from bot.terminal import render
from knowledge.messages import Message

if TYPE_CHECKING:
    from scheduler.values import Due

_ONE_LINE = 10_000


@click.command()
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=DAYS, show_default=True, help="How far to look.")
@click.option("--at", type=Moment(), help="As if it were this moment.")
@click.option("--lang", type=click.Choice(("fr", "en")), help="Say it in this language.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each message.")
@config_option
@database_option
def due(
    days: int, at: datetime | None, lang: str | None, as_json: bool, config: Path | None, database: Path | None
) -> None:
    """Show what the reminders and digests of the configuration will say, when and where, one line each."""
    parts = built(configured(config, database), writes=False, meaning=False)
    try:
        now, desk = at or parts.clock.now(), parts.desks.reminding
        if as_json:
            for item, record in desk.upcoming(now, days):
                text = parts.translator.say(
                    desk.said(item, record), lang or item.lang or parts.config.settings.languages[0]
                )
                click.echo(batch.line(_plain(item) | {"text": text}))
            return
        shown = lang or parts.config.settings.languages[0]
        if at:
            click.echo(parts.translator.say(desk.as_of(at), shown))
        for part in desk.listing(now, days_ahead(now, days, desk.team.zone)).parts:
            click.echo(render(Message((part,)), shown, parts.translator, _ONE_LINE))
    finally:
        parts.close()


def _plain(item: Due) -> dict[str, Any]:
    return {
        "at": item.at.isoformat(),
        "channel": item.channel,
        "lang": item.lang,
        "notice": item.notice,
        "rule": item.rule,
        "record": item.record_id,
        "field": item.field,
        "deadline": str(item.deadline or ""),
        "closes": item.closes.isoformat() if item.closes else "",
        "days_left": item.days_left,
        "mention": list(item.mention),
        "key": item.key,
    }
