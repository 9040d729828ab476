"""From the settings to the rules of the scheduler, and whether the names in them exist. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.settings import NEVER, ReminderSettings, Settings
from knowledge.base import Organisers
from knowledge.exchange.yaml_files import Document
from knowledge.messages import Phrase
from knowledge.records import Problem
from scheduler.rules import DigestRule, ReminderRule, ReviewRule, Team

DERIVED: Final = ("notice", "review")
"""Deadlines that follow from other dates: by when an agreement must be given notice of, and when a fact wants to be verified
again."""


def reminder_rules(settings: Settings) -> tuple[ReminderRule, ...]:
    return tuple(
        ReminderRule(
            name=rule.name,
            channel=rule.channel,
            leads=rule.leads,
            hour=rule.hour,
            zone=rule.zone or settings.zone,
            lang=rule.lang or language_of(rule.channel, settings),
            kinds=rule.kinds,
            fields=rule.fields,
            themes=rule.themes,
            countries=rule.countries,
            mention=rule.mention,
            backup=rule.backup,
            escalate_after=rule.escalate_after,
        )
        for rule in settings.reminders
    )


def digest_rules(settings: Settings) -> tuple[DigestRule, ...]:
    return tuple(
        DigestRule(
            name=rule.name,
            channel=rule.channel,
            cadence=rule.cadence,
            hour=rule.hour,
            zone=rule.zone or settings.zone,
            lang=rule.lang or language_of(rule.channel, settings),
            topics=rule.topics,
            kinds=rule.kinds,
            themes=rule.themes,
            countries=rule.countries,
        )
        for rule in settings.digests
    )


def named(settings: Settings) -> frozenset[str]:
    """Everybody whom the configuration names."""
    called = (person for rule in settings.reminders for person in (*rule.mention, *rule.backup))
    return frozenset((*settings.coordinators, *settings.reviews.backup, *called))


def review_rule(settings: Settings) -> ReviewRule | None:
    """When people are asked to look at facts again; None where they never are."""
    chosen = settings.reviews
    return None if chosen.day == NEVER else ReviewRule(chosen.day, chosen.hour, settings.zone)


def team(settings: Settings) -> Team:
    channel = settings.coordinators_channel or ""
    lang = language_of(channel, settings)
    return Team(
        zone=settings.zone, country=settings.country, lang=lang, channel=channel, coordinators=settings.coordinators
    )


def language_of(channel: str, settings: Settings) -> str:
    """The language that a channel is spoken to in."""
    chosen = settings.channels.get(channel)
    return (chosen.lang if chosen else None) or settings.languages[0]


def unknown_names(settings: Settings, organised: Organisers, document: Document) -> tuple[Problem, ...]:
    """The kinds, dates, themes and countries that rules name and that do not exist, each with its line in `document`."""
    problems: list[Problem] = []
    for section, rules in (("reminders", settings.reminders), ("digests", settings.digests)):
        for index, rule in enumerate(rules):
            known = {"kinds": list(organised.kinds), "themes": list(organised.themes)}
            given = {"kinds": rule.kinds, "themes": rule.themes}
            if isinstance(rule, ReminderSettings):
                known["fields"], given["fields"] = list(_deadlines(rule, organised)), rule.fields
            for key, names in given.items():
                problems += [
                    document.problem((section, index, key, place), _unknown(name, known[key]))
                    for place, name in enumerate(names)
                    if name not in known[key]
                ]
            problems += [
                document.problem((section, index, "countries", place), Phrase("config.not_a_country", {"given": code}))
                for place, code in enumerate(rule.countries)
                if code not in organised.places
            ]
    return tuple(problems)


def _deadlines(rule: ReminderSettings, organised: Organisers) -> Iterator[str]:
    kinds = [organised.kinds[name] for name in rule.kinds if name in organised.kinds] or organised.kinds.values()
    yield from dict.fromkeys(spec.name for kind in kinds for spec in kind.deadlines)
    yield from DERIVED


def _unknown(name: str, known: Iterable[str]) -> Phrase:
    return Phrase("config.unknown_name", {"given": name[:60], "choices": ", ".join(known)})
