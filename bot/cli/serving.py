"""`entente run | play | doctor | manifest`: starting the bot, and looking that all is well before."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from bot import sources, wiring
from bot.cli.common import CONFIGURATION, built, config_option, configured, database_option, fail, shown_problems
from bot.config import missing_secrets
from bot.parameters import Moment


@click.command()
@click.option("--http", is_flag=True, help="Serve HTTP at /slack/events instead of Socket Mode (port from PORT).")
@click.option("--at", type=Moment(), help="Start the clock at this moment.")
@config_option
@database_option
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


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the page (default: PORT, else 8080).")
@click.option("--at", type=Moment(), help="Start the clock at this moment.")
@config_option
@database_option
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


@click.command()
@config_option
@database_option
def doctor(config: Path | None, database: Path | None) -> None:
    """Check the configuration, the database and, where tokens are given, Slack."""
    from bot.doctor import examine

    sound = True
    for check in examine(config, database, wiring.environment()):
        sound = sound and check.sound
        click.echo(f"{'ok  ' if check.sound else 'FAIL'} {check.what}: {check.finding}")
    sys.exit(0 if sound else CONFIGURATION)


@click.command("manifest")
@click.option("--request-url", default="", help="Public address of /slack/events, for HTTP mode.")
@config_option
def manifest_command(request_url: str, config: Path | None) -> None:
    """Print the app manifest for Slack, as JSON."""
    from bot.manifest import manifest

    settings = configured(config, None).settings
    prompts = sources.suggested(settings.languages[0])
    reminders = bool(settings.reminders or settings.digests)
    plain = manifest(settings.name, prompts=prompts, request_url=request_url, reminders=reminders)
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
