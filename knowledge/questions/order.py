"""Which way in time a question looks: to what comes next, back to what came last, or to what has passed."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from knowledge.questions.lexicon import words
from knowledge.questions.reading import Reading

_NEXT: Final = re.compile(
    r"\b(?:prochaine?s?|next|upcoming|a venir|qui vient(?! (?:juste )?(?:de |d )?\w+(?:er|ir|re)\b)|qui arrive(?:nt)?|prochainement|coming up|(?:s|is|are|what|any|anything) (?:\w+ ){0,2}coming|coming (?!from|into|out|back|to)\w+|comes? (?:up|next|first)|(?:still |yet )?to come|suivante?s?|bientot|ensuite|devant (?:elles?|eux|lui|nous|soi)|ahead(?: of (?:them|it|us))?|soon|soonest|earliest|nearest|(?:la|le|les) plus proches?|futurs?|futures?"
    r"|(?:va|vont|will|is going to|are going to) (?:se )?(?:ouvrir|fermer|demarrer|commencer|cloturer|tenir|avoir lieu|open|close|start|begin|take place) (?:en )?(?:1eme|first|d abord))\b"
)
_LAST: Final = re.compile(
    r"\b(?:derniere?s?|last|latest|most recent(?:ly)?|plus recente?s?|plus recemment|(?:vient|viennent) (?:juste )?(?:de |d )?(?:se |etre )?\w+(?:er|ir|re)|just (?:closed|ended|happened|signed|opened|took)|newest)\b"
)
_JUST: Final = re.compile(
    r"\b(?:vient|viennent) (?:juste )?(?:de |d )(?:se |etre |s )?\w+(?:er|ir|re)\b|\bhas just \w+ed\b|\bjust (?:closed|ended|opened|finished|came out)\b"
)
"""What has just happened, whatever field the words name."""
_QUOTED: Final = re.compile(r"«([^»]{1,200})»|“([^”]{1,200})”|\"([^\"]{1,200})\"")
_PAST: Final = re.compile(
    r"\bpast (?:their|its|the) (?:due )?(?:dates?|deadlines?)\b|\b(?:deja|already|elles?|ils?|ont|have|has|had|is|are|est|sont) (?:\w+ )?(?:passee?s?|passed|echue?s?|gone by|overdue|expired|depassee?s?|behind us|ecoulee?s?)\b|\b(?:echeances?|deadlines?) (?:\w+ ){0,2}(?:depassee?s?|passee?s?|passed|overdue)\b"
)
_NOT_PAST: Final = re.compile(
    r"\b(?:not|n t|t|pas|never|jamais) (?:yet |encore |been |already |ete )*(?:passee?s?|passed|echue?s?|gone by|overdue|expired|depassee?s?|behind us|ecoulee?s?)\b"
)
STEP: Final = re.compile(
    r"\b(?:echeances?|deadlines?|dates? limites?|dates?|clotures?|closings?|cut ?offs?|jalons?|milestones?|etapes?|steps?|rendez vous|appointments?|timetables?|timelines?|schedules?|calendriers?)\b"
)
"""A day of any sort that something has to be done by."""


class Order(NamedTuple):
    """What is looked at: the next, the last, or deadlines already passed."""

    ahead: bool
    behind: bool
    past: bool


def asked(reading: Reading) -> Order:
    """The way a question looks; no way at all where it asks for no order in time."""
    said = _unquoted(reading)
    steps = bool(reading.named("field") or reading.says(STEP))
    ahead = _NEXT.search(said) is not None or reading.says(_NOT_PAST)
    return Order(
        ahead=ahead,
        behind=not ahead and (_LAST.search(said) is not None or reading.says(_JUST)),
        past=steps and reading.says(_PAST) and not reading.says(_NOT_PAST),
    )


def _unquoted(reading: Reading) -> str:
    """What is asked, without the names in it nor what stands in quotation marks ("Preparing the future")."""
    quoted = {word for said in _QUOTED.findall(reading.asked.text) for word in words(" ".join(said))}
    return " ".join("_" if word in quoted else word for word in reading.unnamed.split(" "))
