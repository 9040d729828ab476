"""What a digest tells since the last one, and that it is quiet without news."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.i18n import Translator
from knowledge.audience import Viewer
from knowledge.dates import Day
from knowledge.fields import Progress, Quantity
from knowledge.messages import Listing, Phrase, Say
from knowledge.records import Change, Record
from scheduler.digest import News, Told, counts, digest, due_soon, off_track, previous
from scheduler.rules import DigestRule
from tests.scheduler.test_compose import CALL, KINDS, said

MONDAY = datetime(2026, 2, 2, 8, tzinfo=UTC)
RULE = DigestRule("letter", "C1", ("monday",), topics=("due", "new", "changed", "off_track", "gaps"))


def change(record: Record, verb: str, at: datetime, before: Record | None = None) -> Change:
    return Change(1, record.id, at, "U1", verb, before, record)  # type: ignore[arg-type]


def told(rule: DigestRule, news: News, at: datetime = MONDAY, since: datetime | None = None) -> dict[str, list[str]]:
    """The ids of the facts under each heading."""
    message = digest(rule, news, at, Told(since) if since else None)
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
            change(edited, "amend", MONDAY - timedelta(days=1), replace(edited, status="open")),
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


WEEK = timedelta(days=7)
LATER = replace(CALL, values={"closes": Day(2026, 9, 1)})


def test_deadlines_that_were_told_already_are_no_news_and_are_told_again_beside_some() -> None:
    assert told(RULE, News((CALL,), KINDS)) == {"digest.due": [CALL.id]}
    assert told(RULE, News((CALL,), KINDS), since=MONDAY - WEEK) == {}
    new = replace(LATER, id="new")
    both = News((CALL, new), KINDS, (change(new, "add", MONDAY - timedelta(days=1)),))
    assert told(RULE, both, since=MONDAY - WEEK) == {"digest.due": [CALL.id], "digest.new": ["new"]}


def test_a_deadline_that_comes_within_thirty_days_is_news_once() -> None:
    # It closes on 12 February: on 12 January it is 31 days ahead, on the 19th 24 days.
    second, third = (datetime(2026, 1, day, 8, tzinfo=UTC) for day in (12, 19))
    assert told(RULE, News((CALL,), KINDS), second, second - WEEK) == {}
    assert told(RULE, News((CALL,), KINDS), third, second) == {"digest.due": [CALL.id]}
    assert told(RULE, News((CALL,), KINDS), third + WEEK, third) == {}


def test_a_date_that_moves_into_the_next_thirty_days_is_news_even_where_changes_are_not_told() -> None:
    moved = News((CALL,), KINDS, (change(CALL, "amend", MONDAY - timedelta(days=1), LATER),))
    assert told(replace(RULE, topics=("due",)), moved, since=MONDAY - WEEK) == {"digest.due": [CALL.id]}


def test_what_a_digest_could_not_say_is_told_by_the_next_one() -> None:
    new = replace(LATER, id="new")
    news = News((new,), KINDS, (change(new, "add", MONDAY - timedelta(days=10)),))
    assert told(RULE, news, since=MONDAY - WEEK) == {}
    assert told(RULE, news, since=MONDAY - 2 * WEEK) == {"digest.new": ["new"]}


def one_change(after: Record, before: Record | None = None, verb: str = "amend") -> News:
    here = () if after.retired else (after,)
    return News(here, KINDS, (change(after, verb, MONDAY - timedelta(days=1), before),))


@pytest.mark.parametrize(
    ("news", "french", "english"),
    [
        (
            one_change(replace(LATER, values={"closes": Day(2026, 10, 1)}), LATER),
            "ERDERA JTC2026 (Clôture : date déplacée du 1er septembre 2026 au 1er octobre 2026)",
            "ERDERA JTC2026 (Closes: moved from 1 September 2026 to 1 October 2026)",
        ),
        (
            one_change(replace(LATER, status="closed", titles={"fr": "JTC"}), LATER),
            "JTC (modifié : état et texte)",
            "JTC (changed: status and text)",
        ),
        (
            one_change(replace(LATER, retired=True), LATER, "retire"),
            "ERDERA JTC2026 (retirée)",
            "ERDERA JTC2026 (retired)",
        ),
    ],
)
def test_a_change_is_one_line_that_says_what_has_changed(news: News, french: str, english: str) -> None:
    for lang, line in (("fr", french), ("en", english)):
        (only,) = said(digest(RULE, news, MONDAY), lang)[1:-1]
        assert only.lstrip("•- ") == line


@pytest.mark.parametrize(
    "after",
    [
        replace(LATER, owner="U9"),
        replace(LATER, source=replace(LATER.source, verified_on=Day(2026, 2, 1), verified_by="U1"), revision=2),
        replace(LATER, aliases=("JTC",)),
    ],
)
def test_how_a_fact_is_looked_after_is_no_news(after: Record) -> None:
    assert digest(RULE, one_change(after, LATER), MONDAY) is None


def test_a_fact_that_was_not_of_this_channel_is_new_to_it_and_its_past_stays_out() -> None:
    kept = replace(LATER, audience=("C9",), values={"closes": Day(2026, 8, 1)})
    news = one_change(LATER, kept)
    assert told(RULE, news) == {"digest.new": [CALL.id]}
    assert "août" not in "".join(said(digest(RULE, news, MONDAY), "fr"))
    # The other way round, nothing is said: not even that there was something.
    assert told(RULE, one_change(replace(LATER, audience=("C9",)), LATER)) == {}


def test_one_event_is_told_in_the_language_of_each_channel() -> None:
    message = digest(RULE, one_change(LATER, None, "add"), MONDAY)
    assert said(message, "fr")[0] == "Nouvelles fiches"
    assert said(message, "en")[0] == "New records"


def test_a_deadline_has_its_hour_and_its_zone() -> None:
    lines = said(digest(RULE, News((CALL,), KINDS), MONDAY), "fr")
    assert "Clôture : 12 février 2026 à 14 h 00 (CET, heure de Bruxelles)" in lines[1]


def test_whoever_looks_ahead_sees_what_they_may_see_and_the_gaps_of_their_own_channel() -> None:
    kept = replace(CALL, audience=("C1",))
    news = News((kept,), KINDS, (), ((MONDAY - timedelta(hours=1), "who?"),))
    here, elsewhere, keeper = Viewer("C1"), Viewer("C2"), Viewer("C2", coordinator=True)
    seen = [digest(RULE, news, MONDAY, viewer=viewer) for viewer in (here, elsewhere, keeper)]
    assert [counts(message) if message else None for message in seen] == [{"due": 1, "gaps": 1}, None, {"gaps": 1}]


def test_how_much_is_told_is_counted_whole_though_ten_lines_are_shown() -> None:
    many = tuple(replace(CALL, id=f"c{number}") for number in range(12))
    asked = tuple((MONDAY - timedelta(hours=1), f"q{number}") for number in range(13))
    message = digest(RULE, News(many, KINDS, (), asked), MONDAY)
    assert message is not None
    assert counts(message) == {"due": 12, "gaps": 13}
    assert Translator().say(Phrase("digest.more_gaps", {"count": 3}), "en") in said(message, "en")[-2]


YEAR_END = Day(2026, 12, 31)


def counting(*points: tuple[Day, float], by: Day | None = YEAR_END) -> Record:
    progress = tuple(Progress(day, value) for day, value in points)
    return replace(CALL, id="target", values={"quantity": Quantity(100, by=by, progress=progress)})


YEAR_AGO, NEW_YEAR = Day(2025, 1, 1), Day(2026, 1, 1)


@pytest.mark.parametrize(
    ("record", "french", "english"),
    [
        # From 20 to 40 in a year, a year is left: 60 of 100.
        (
            counting((YEAR_AGO, 20), (NEW_YEAR, 40)),
            "40 % au dernier point ; à ce rythme, 60 % d'ici au 31 décembre 2026",
            "40% at the last count; at this pace, 60% by 31 December 2026",
        ),
        (
            counting((NEW_YEAR, 60), by=Day(2026, 1, 31)),
            "terme passé (31 janvier 2026), atteinte à 60 %",
            "its date has passed (31 January 2026), reached to 60%",
        ),
        # Going backwards, what is left cannot be less than nothing.
        (
            counting((YEAR_AGO, 50), (NEW_YEAR, 10)),
            "10 % au dernier point ; à ce rythme, 0 % d'ici au 31 décembre 2026",
            "10% at the last count; at this pace, 0% by 31 December 2026",
        ),
    ],
)
def test_a_target_that_is_missed_or_will_be_at_its_pace_is_told_with_the_sum(
    record: Record, french: str, english: str
) -> None:
    (item,) = off_track([record], MONDAY.date()).values()
    assert item.detail is not None
    for lang, sentence in (("fr", french), ("en", english)):
        shown = Translator().say(item.detail, lang).replace("\u00a0", " ").replace("\u202f", " ")
        assert shown == sentence


@pytest.mark.parametrize(
    "record",
    [
        counting((YEAR_AGO, 20), (NEW_YEAR, 60)),  # on its pace
        counting((NEW_YEAR, 5)),  # one point tells no pace
        counting((NEW_YEAR, 1), (NEW_YEAR, 2)),
        counting(),
        counting((YEAR_AGO, 90), (NEW_YEAR, 100), by=Day(2025, 12, 31)),  # reached
        counting((YEAR_AGO, 20), (NEW_YEAR, 21), by=None),
        replace(counting((YEAR_AGO, 20), (NEW_YEAR, 21)), status="missed"),  # said by somebody already
        replace(CALL, values={"quantity": Quantity(0, by=Day(2026, 12), progress=(Progress(NEW_YEAR, 0),))}),
        replace(CALL, values={"quantity": Quantity(None, progress=(Progress(NEW_YEAR, 3),))}),
    ],
)
def test_a_target_is_left_alone_where_nothing_is_amiss_or_nobody_can_tell(record: Record) -> None:
    assert off_track([record], MONDAY.date()) == {}


def test_a_target_off_track_is_told_once_and_again_when_its_figure_changes() -> None:
    rule = replace(RULE, topics=("off_track",))
    slow = counting((YEAR_AGO, 20), (NEW_YEAR, 40))
    since = MONDAY - WEEK
    assert told(rule, News((slow,), KINDS), since=since) == {}
    fell = one_change(slow, counting((YEAR_AGO, 20), (NEW_YEAR, 90)))
    assert told(rule, fell, since=since) == {"digest.off_track": ["target"]}
    slower = one_change(slow, counting((YEAR_AGO, 20), (NEW_YEAR, 50)))
    assert told(rule, slower, since=since) == {"digest.off_track": ["target"]}
    assert told(rule, News((counting((NEW_YEAR, 60), by=Day(2026, 1, 31)),), KINDS), since=since) == {
        "digest.off_track": ["target"]
    }


@pytest.mark.parametrize(
    ("day", "told_on", "left_alone_on"),
    [
        (Day(2026, 2, 12), ((2026, 1, 13), (2026, 2, 12)), ((2026, 1, 12), (2026, 2, 13))),
        (Day(2026, 3), ((2026, 1, 30), (2026, 3, 1), (2026, 3, 31)), ((2026, 1, 29), (2026, 4, 1))),
        (Day(2028), ((2028, 12, 1), (2028, 12, 31)), ((2027, 12, 20), (2028, 6, 1), (2029, 1, 1))),
    ],
)
def test_what_is_soon_depends_on_how_exactly_its_date_is_known(
    day: Day, told_on: tuple[tuple[int, int, int], ...], left_alone_on: tuple[tuple[int, int, int], ...]
) -> None:
    fact = replace(CALL, values={"closes": day})
    for moments, count in ((told_on, 1), (left_alone_on, 0)):
        assert [len(due_soon([fact], KINDS, date(*moment))) for moment in moments] == [count] * len(moments)
