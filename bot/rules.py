"""From the settings to the rules of the scheduler. Pure."""

from __future__ import annotations

from bot.settings import NEVER, Settings
from scheduler.rules import DigestRule, ReminderRule, ReviewRule, Team


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
