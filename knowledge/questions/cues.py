"""The words by which a question leans on the one before it: "et", a pronoun, "the other one", "non, je parlais de".

Patterns apply to folded text, as those of `phrases`.
"""

from __future__ import annotations

import re
from typing import Final

from knowledge.questions import (
    needs,
    shown,
)
from knowledge.questions.phrases import ASKING_NOUNS, PROPERTIES
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.shown import SMALL, WHICH
from knowledge.questions.view import View

AND: Final = re.compile(
    r"(?:ok |oui |yes |merci |thanks )?(?:et|and|mais|but|what about|how about|same (?:thing|question)?|pareil|idem|meme (?:chose|question)|alors|donc|puis|quid)\b"
)
PRONOUN: Final = re.compile(
    r"\b(?:il|ils|elle|elles|celui|celle|ceux|celles|ce jour|le|la|les|lui|leur|leurs|y|en|ca|cela|dessus|dedans|it|its|they|them|their|that|this|these|those|there|"
    r"one|ones|he|she|same|meme)\b"
)
STILL: Final = re.compile(
    r"\b(?:il|elle|ca|cela|ils|elles) (?:\w+ ){0,2}(?:existe|toujours|encore|tourne|continue)|\b(?:is|are|does|do) (?:it|they|that|this) (?:still|over|running|exist|active)\b"
)
"""Asks whether something goes on: its card tells."""
RATE: Final = re.compile(
    r"\b(?:par (?:an|annee|mois|semaine)|(?:a|per|each|every) (?:year|month|week)|chaque (?:annee|mois|semaine))\b"
)
"""So many in a time."""
ITS: Final = re.compile(r"\b(?:its|their|son|sa|ses|leurs?) \w")
SUBJECT: Final = re.compile(
    r"(?:(?:et|and|mais|but|ok) )*(?:(?:il|elle|ils|elles|it|they) |(?:combien|how many|how much)(?: (?!il |elle |it |they )\w+){0,3} (?:\w+ t )?(?:(?<!y a )(?:il|elle|ils|elles)|it|they)\b)(?!y a\b)"
)
"""A pronoun is the subject of what is asked: it speaks of the fact in focus, whatever the verb."""
THEIRS: Final = re.compile(
    r"\b(?:leurs?|eux|son|sa|ses|(?<!y a t )(?<!y a )il|elle|ils|elles|lui|their|theirs|them|they|its|it)\b"
)
ONES: Final = re.compile(r"\b(?:celui|celle|ceux|celles|ones?)\b")
THE_ONE: Final = re.compile(r"\b(?:celui|celle|one)\b")
THEY: Final = re.compile(r"\b(?:ils|elles|leurs?|eux|ceux|they|their|them|these|those|ces)\b")
_WHICH_OF_ALL: Final = re.compile(
    r"(?:(?:all|toute?s|tous|list|liste|show|montre|les|the|me|moi) )*(?:which|what|quels|quelles)\b"
)
_WHAT_NEXT: Final = re.compile(
    r"(?:(?:what|when|quel|quelle|quand|is|s|est|the|la|le|l|our|notre) )*(?:next|prochain|prochaine)\b(?! (?:one|ones|etape|stage)\b)"
)
OTHER: Final = re.compile(
    r"(?:(?:et|and|ok|mais|but|what|about|how|pour|for|quid|de|no|non) )*(?:l |the )?(?:autre|other)(?: (?:one|des 2|of the 2))?"
)
WHO: Final = re.compile(
    r"(?:(?:et|and|signe|signee|signed) )*(?:(?:by|par|for|pour|cote|chez) )?(?:who|whom|qui)(?: (?:ca|donc|exactly|then|des 2 cotes|chez nous|on our side|for us|pour nous))?"
)
SOMEBODY: Final = re.compile(
    r"(?:(?:et|and|mais|but|ok) )*(?:who|whom|whose|qui|par qui|by whom)\b(?! (?:est|is|are|was) (?:it|ce|they)\b)"
)
_IN_LANGUAGE: Final = {
    "fr": re.compile(r"\b(?:en francais|in french|version francaise|french version)\b"),
    "en": re.compile(r"\b(?:en anglais|in english|version anglaise|english version)\b"),
}
_CORRECTION: Final = re.compile(
    r"^\s*(?:(?:(?:ah |mais |euh )?(?:non|no|nope|nan)\b[\s,;:.!-]*)?(?:(?:pas|not) [^,;.!?]{1,40}[,;.!]\s*)?"
    r"(?:je (?:parle|parlais|voulais dire|voulais|veux dire|pensais?)(?: plut[oô]t)?(?: (?:de|du|des|à|a|au|aux)\b)?|i (?:meant?|was (?:talking|asking|thinking)|am asking|wanted)(?: (?:about|of|to say))?|plut[oô]t|rather|actually|en fait)\b[\s,:]*"
    r"|(?:ah |mais |euh )?(?:non|no|nope|nan)[\s,;:.!-]+(?:(?:sorry|pardon|d[ée]sol[ée]e?|excuse[sz]?(?:[ -]moi)?)[\s,;:.!-]*)?(?:(?:pas|not) [^,;.!?]{1,40}[,;.!]\s*)?(?=(?:l[ea]s?|l'|celui|celle|ceux|celles|the|pour|for|d[eu]|avec|with|in|en|au|aux|\d{4})\b))",
    re.IGNORECASE,
)


def language_asked(reading: Reading) -> str | None:
    """The language in which the last answer is wanted again ("en anglais stp"), when nothing else is asked."""
    for lang, pattern in _IN_LANGUAGE.items():
        if pattern.search(reading.plain):
            rest = pattern.sub(" ", reading.plain).split()
            if not [word for word in rest if is_content(word) and not is_everyday(word)]:
                return lang
    return None


def corrected(text: str, lang: str) -> str | None:
    """A correction put as what it corrects to ("non, je parlais de la Suède": "et la Suède"); None for any other text."""
    match = _CORRECTION.match(text)
    rest = text[match.end() :].strip() if match else ""
    return f"{'et' if lang == 'fr' else 'and'} {rest}" if rest.strip(" ?!.") else None


def stands_alone(reading: Reading) -> bool:
    """Whether the question speaks of all records of a kind ("which calls are open?") or of what comes next, with no word that
    leans on what was said."""
    if AND.match(reading.plain) or WHICH.search(reading.plain) or THEIRS.search(reading.plain):
        return False
    if _WHAT_NEXT.match(reading.plain):
        return len(reading.tokens) > 1
    several = any(reading.tokens[tag.last - 1].endswith(("s", "x")) for tag in reading.named("kind"))
    return several and _WHICH_OF_ALL.match(reading.plain) is not None


def own(reading: Reading) -> tuple[str, ...]:
    """The words that give the question a subject of its own, beyond daily language."""
    rest = reading.rest("field", "kind")
    return tuple(
        word
        for word in rest
        if word not in PROPERTIES and not is_everyday(word) and word not in ASKING_NOUNS and word not in SMALL
    )


def asks_of_its_own(reading: Reading, view: View) -> bool:
    """Whether the question says both what it asks and of what ("et combien de plateformes étaient prévues ?")."""
    return needs.needed(reading, view) is not None and bool(shown.own_words(reading))
