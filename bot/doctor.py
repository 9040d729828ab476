"""`entente doctor`: looks at the configuration, the files of kinds and facts, the database and Slack, and says what it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bot import sources, wiring
from bot.config import ENVIRONMENT, Config, chosen_file, load_config, missing_secrets
from bot.i18n import Translator
from bot.memory import last_tick, obstacles
from bot.terminal import render_problem
from knowledge.ports import Reseal, StoreUnavailable
from knowledge.records import Problem
from scheduler.heartbeat import line
from scheduler.steady import STEP
from scheduler.wording import reason

if TYPE_CHECKING:
    from bot.wiring import Parts


_NEXT: Final = 3


class Check(NamedTuple):
    """One thing looked at, whether it is sound, and what was found, in a line."""

    what: str
    sound: bool
    finding: str


def examine(file: Path | None, database: Path | None, environ: Mapping[str, str]) -> Iterator[Check]:
    """Every check in order. One that cannot go on ends the examination; nothing is created or changed."""
    given = dict(environ) | ({"ENTENTE_DB": str(database)} if database else {})
    config = load_config(file, given)
    if not isinstance(config, Config):
        yield from (Check("configuration", False, _line(problem)) for problem in _all_mistakes(config, file, given))
        return
    yield Check("configuration", True, str(config.file or "defaults"))
    try:
        organised = sources.organisers(config)
    except sources.ProblemsFound as found:
        yield from (Check("kinds", False, _line(problem)) for problem in found.problems)
        return
    yield Check("kinds", True, f"{len(organised.kinds)} kinds, {len(organised.themes)} themes")
    records, problems = sources.facts_of_files(config, organised)
    yield from (Check("facts", False, _line(problem)) for problem in problems)
    if not problems:
        yield Check("facts", True, f"{len(records)} in the files that a new database is filled from")
    yield from _meaning(config)
    yield from _database(config)
    yield from _slack(config)


def _all_mistakes(problems: tuple[Problem, ...], file: Path | None, environ: Mapping[str, str]) -> tuple[Problem, ...]:
    """These, and what would be told once they are mended, in the order of the files; nothing twice."""
    told = {(problem.file, problem.field) for problem in problems}
    more = [one for one in sources.beside_mistakes(file or chosen_file(environ)) if (one.file, one.field) not in told]
    first = problems[0].file
    return tuple(
        sorted(
            [*problems, *more],
            key=lambda one: (one.file != first, one.file == ENVIRONMENT, one.file or "", one.line or 0),
        )
    )


def _line(problem: Problem) -> str:
    return render_problem(problem, "en", Translator())


def _meaning(config: Config) -> Iterator[Check]:
    """Whether the model that is asked for runs: it is loaded, and given a text."""
    encoder = wiring.encoder(config)
    if encoder is None:
        yield Check("meaning", True, "no model: questions are answered by their words")
        return
    try:
        encoder.encode(["Quand ferme l'appel ?"])
    except Exception as error:  # noqa: BLE001 - whatever a model that does not work says is what is to be told
        yield Check("meaning", False, " ".join(str(error).split()))
    else:
        yield Check("meaning", True, f"{encoder.identity}, {encoder.dimension} numbers for each text")


def _database(config: Config) -> Iterator[Check]:
    path = config.database
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        yield Check("database", True, f"{path} does not exist yet: the first start creates it")
        return
    try:
        parts = wiring.build(config, writes=False, meaning=False)
    except StoreUnavailable as error:
        yield Check("database", False, error.reason)
        return
    try:
        yield Check("database", True, f"{path}: {len(parts.base.records())} facts, {parts.store.last_seq()} changes")
        yield from _reminders(parts)
        yield from _sending(parts)
        audit = parts.base.audit()
        seal = f"the last seal is {audit.head or 'none'} (note it elsewhere)"
        whole = f"{audit.count} changes, whole, sealed with the key in {audit.key}; {seal}"
        yield Check("history", not audit.faults, "; ".join(audit.faults) or whole)
        yield from (Check("history", True, _reseal(one)) for one in audit.reseals)
    finally:
        parts.close()


def _reseal(one: Reseal) -> str:
    return f"sealed again on {_moment(one.at)} ({one.why}): the last seal {one.before or 'none'} became {one.after}"


def _reminders(parts: Parts) -> Iterator[Check]:
    """How many rules there are, when they were last looked at, when each digest last ran, and what comes next."""
    desk = parts.desks.reminding
    if not desk.rules and not desk.digest_rules:
        yield Check("reminders", True, "none in the configuration")
        return
    last = last_tick(wiring.outbox(parts.store, writes=False))
    rules = f"{len(desk.rules)} rules, {len(desk.digest_rules)} digests"
    yield Check("reminders", True, f"{rules}; last tick {_moment(last) if last else 'never'}")
    now = parts.clock.now()
    for beat in desk.heartbeats(now):
        yield Check("digest", beat.sound, parts.translator.say(line(beat, counted=True), "en"))
    for item, record in desk.upcoming(now)[:_NEXT]:
        yield Check("next", True, parts.translator.say(desk.line(item, record), "en"))


def _sending(parts: Parts) -> Iterator[Check]:
    """What keeps messages from being sent, and what to do about it; nothing where all can be."""
    outage, waiting = obstacles(wiring.outbox(parts.store, writes=False), parts.clock.now())
    if outage is not None:
        remedy = (
            "put a token that Slack accepts into SLACK_BOT_TOKEN and start the bot again; what is due meanwhile is kept"
        )
        yield Check("sending", False, f"nothing since {_moment(outage.since)} ({outage.why}): {remedy}")
    for channel, count in Counter(entry.due.channel for entry in waiting).items():
        first = next(entry for entry in waiting if entry.due.channel == channel and entry.closed_at)
        why = parts.translator.say(reason(first.error), "en")
        since = f"since {_moment(first.closed_at)}" if first.closed_at else ""
        yield Check("channel", False, f"{channel} {since}: {why} What is due there is kept until then: {count}")


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _slack(config: Config) -> Iterator[Check]:
    if config.secrets.bot_token is None:
        missing = ", ".join(problem.field for problem in missing_secrets(config))
        yield Check("Slack", True, f"not checked: no {missing} in the environment")
        return
    from slack_sdk.errors import SlackApiError

    from bot.slack.client import web_client
    from bot.slack.slack_time import dated

    client = web_client(config.secrets.bot_token.get_secret_value(), config.slack_api_url)
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        yield Check("Slack", False, f"refuses the bot token: {error.response.get('error')}")
    except OSError as error:
        yield Check("Slack", False, f"cannot be reached: {type(error).__name__}")
    else:
        yield Check("Slack", True, f"workspace {answer.get('team')}, bot {answer.get('user')}")
        yield from _clock(wiring.SystemClock().now(), dated(answer))
    for problem in missing_secrets(config):
        yield Check("Slack", False, _line(problem))


def _clock(now: datetime, told: datetime | None) -> Iterator[Check]:
    """Whether this machine and Slack agree on the time: reminders go by the one, Slack's signatures by the other."""
    if told is None:
        return
    off = now - told
    if abs(off) <= STEP:
        yield Check("clock", True, "agrees with that of Slack")
        return
    way = "ahead of" if off > timedelta() else "behind"
    finding = f"{abs(off).total_seconds():.0f} s {way} that of Slack: set it right (timedatectl set-ntp true)"
    yield Check("clock", False, finding)
