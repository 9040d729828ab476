"""What a digest tells since the last one, and that it is quiet without news."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.dates import Day
from knowledge.fields import Progress, Quantity
from knowledge.messages import Listing, Phrase, Say
from knowledge.records import Change, Record
from scheduler.digest import News, digest, previous
from scheduler.rules import DigestRule
from tests.scheduler.test_compose import CALL, KINDS

MONDAY = datetime(2026, 2, 2, 8, tzinfo=UTC)
RULE = DigestRule("letter", "C1", ("monday",), topics=("due", "new", "changed", "off_track", "gaps"))


def change(record: Record, verb: str, at: datetime) -> Change:
    return Change(1, record.id, at, "U1", verb, None, record)  # type: ignore[arg-type]


def told(rule: DigestRule, news: News, at: datetime = MONDAY) -> dict[str, list[str]]:
    """The ids of the facts under each heading."""
    message = digest(rule, news, at)
    found: dict[str, list[str]] = {}
    heading = ""
    for part in message.parts if message else ():
        if isinstance(part, Say):
            heading = part.phrase.key
            found.setdefault(heading, [])
        elif isinstance(part, Listing):
            found[heading] = [item.record_id for item in part.items]
    return found


def test_the_last_digest_is_the_one_before_over_a_change_of_clocks_too() -> None:
    assert previous(RULE, MONDAY) == MONDAY - timedelta(days=7)
    assert previous(RULE, datetime(2026, 3, 30, 7, tzinfo=UTC)) == datetime(2026, 3, 23, 8, tzinfo=UTC)
    assert previous(replace(RULE, cadence=("monthly",)), MONDAY) == datetime(2026, 2, 1, 8, tzinfo=UTC)


def test_each_topic_has_its_heading_and_only_what_happened_since() -> None:
    old, new, edited = (replace(CALL, id=name, values={}) for name in ("old", "new", "edited"))
    late = replace(
        CALL, id="late", values={"n": Quantity(100, by=Day(2026, 1, 31), progress=(Progress(Day(2026, 1, 1), 60),))}
    )
    news = News(
        (CALL, old, new, edited, late),
        KINDS,
        (
            change(old, "add", MONDAY - timedelta(days=8)),
            change(new, "add", MONDAY - timedelta(days=1)),
            change(edited, "amend", MONDAY - timedelta(days=1)),
        ),
        ((MONDAY - timedelta(days=9), "before"), (MONDAY - timedelta(hours=1), "who?")),
    )
    assert told(RULE, news) == {
        "digest.due": [CALL.id],
        "digest.new": ["new"],
        "digest.changed": ["edited"],
        "digest.off_track": ["late"],
        "digest.gaps": [],
        "digest.question": [],
    }
    message = digest(RULE, news, MONDAY)
    assert message is not None
    assert Say(Phrase("digest.question", {"question": "who?"})) in message.parts
    assert told(replace(RULE, topics=("new",)), news) == {"digest.new": ["new"]}


def test_without_news_it_is_quiet() -> None:
    assert digest(RULE, News((), KINDS), MONDAY) is None
    assert digest(RULE, News((replace(CALL, values={"closes": Day(2026, 9, 1)}),), KINDS), MONDAY) is None


def test_it_keeps_to_what_the_rule_asks_for_and_the_channel_may_see() -> None:
    assert told(replace(RULE, kinds=("agreement",)), News((CALL,), KINDS)) == {}
    assert told(replace(RULE, countries=("SE",)), News((CALL,), KINDS)) == {}
    swedish = replace(CALL, values={**CALL.values, "countries": ("SE",)})
    assert told(replace(RULE, countries=("SE",)), News((swedish,), KINDS)) == {"digest.due": [CALL.id]}
    assert told(RULE, News((replace(CALL, audience=("C9",)),), KINDS)) == {}
