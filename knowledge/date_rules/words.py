"""The words of dates in French and English, as tables: each word, folded, with its class and its number.

A class is one character, so that a sentence becomes a short string on which the rules beside it are
ordinary regular expressions:

    N number 1-31   K other number   Y year            O ordinal        n number word    u one, un
    z "sept"        @ "a" or "à"     M month           m may, mars      k short month    W weekday
    w short weekday S season         U unit of time    D numeric date   V perhaps one    Q quarter code
    H time of day   R today          T this            X next           P last           E start, middle, end
    B before        A after          I since           J until          G by, d'ici      F from
    i in, dans      e en             v within          l during         p on             t to, au
    b between       & and, or        a the             d of             x at             g ago
    y il y a        f from now       h "en huit"       c "-ci"          q every          C a noun that is counted
    , comma         - hyphen, slash  . other sign      o anything else  # a reading already made
"""

from __future__ import annotations

import unicodedata
from typing import Final


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


Word = tuple[str, int, str]
"""Class, number (month, weekday, count, ordinal, offset) and detail (unit, season, edge, language)."""

_MONTHS_FR = _split("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre")
_MONTHS_EN = _split("january february march april may june july august september october november december")
_SHORT = {
    "jan": 1, "janv": 1, "fev": 2, "fevr": 2, "feb": 2, "mar": 3, "avr": 4, "apr": 4, "jun": 6, "juil": 7, "jul": 7,
    "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_FRENCH_SHORT = {"janv", "fev", "fevr", "avr", "juil"}
_HOMONYMS = {"mars", "mai", "march", "may"}  # months only beside a number or a preposition

_DAYS = (
    _split("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    _split("monday tuesday wednesday thursday friday saturday sunday"),
)
_SHORT_DAYS = (
    _split("lun - mer jeu ven sam dim"),
    _split("mon tue wed thu fri sat sun"),
    _split("- tues - thurs - - -"),
)
_NUMBERS = {
    2: "deux two", 3: "trois three", 4: "quatre four", 5: "cinq five", 6: "six", 7: "seven", 8: "huit eight",
    9: "neuf nine", 10: "dix ten", 11: "onze eleven", 12: "douze twelve", 14: "quatorze fourteen",
    15: "quinze fifteen", 18: "eighteen", 20: "vingt twenty", 30: "trente thirty",
    60: "soixante sixty", 90: "ninety", 100: "cent",
}  # fmt: skip
_ORDINALS = {
    1: "premier premiere premiers premieres first", 2: "deuxieme second seconde", 3: "troisieme third",
    4: "quatrieme fourth",
}  # fmt: skip
_UNITS = {
    "day": "jour jours day days",
    "week": "semaine semaines week weeks",
    "fortnight": "quinzaine fortnight",
    "weekend": "weekend weekends",
    "month": "mois month months",
    "quarter": "trimestre trimestres quarter quarters",
    "half": "semestre semestres semester semesters half moitie",
    "year": "an ans annee annees year years",
}
_SEASONS = {
    "spring": "printemps spring",
    "summer": "ete summer",
    "autumn": "automne autumn fall",
    "winter": "hiver winter",
}
_EDGES = {
    "start": "debut start beginning early",
    "middle": "mi milieu mid middle",
    "end": "fin end late",
    "rest": "reste rest remainder",
}
_RELATIVE = {
    0: "today auj aujourdhui now maintenant currently actuellement tonight", 1: "tomorrow demain",
    -1: "yesterday hier",
}  # fmt: skip
_CLASSES = {
    "T": "this these ce cet cette ces current courante",
    "X": "next coming upcoming prochain prochaine prochains prochaines",
    "P": "last past previous recent dernier derniere derniers dernieres passe passee passes passees precedent"
    " precedente",
    "B": "before avant pre",
    "A": "after apres post",
    "I": "since depuis",
    "J": "until till til through thru jusqu jusqu' jusqua jusquau jusquen",
    "G": "by dici",
    "F": "from starting",
    "i": "in dans",
    "e": "en",
    "v": "within sous",
    "l": "during pendant durant over throughout courant for pour sur",
    "p": "on",
    "t": "to au aux",
    "b": "between entre",
    "&": "and or et ou",
    "a": "the le la les l l'",
    "d": "of de du des d d'",
    "x": "at",
    "u": "un une one",
    "@": "a",
    "z": "sept",
    "g": "ago",
    "c": "ci",
    "q": "every each chaque per par",
    "C": (
        "genomes exomes patients malades participants volontaires volunteers samples echantillons people personnes"
        " euros eur dollars millions milliards billion prescriptions appels calls projets projects familles"
        " families bebes babies naissances births experts pays countries tests fois times heures hours minutes"
    ),
}
_PHRASES: tuple[tuple[str, Word], ...] = (
    ("combien de mois", ("o", 0, "")),
    ("combien de semaines", ("o", 0, "")),
    ("combien de jours", ("o", 0, "")),
    ("nombre de mois", ("o", 0, "")),
    ("to an end", ("o", 0, "")),
    ("start month", ("o", 0, "")),
    ("starting month", ("o", 0, "")),
    ("start year", ("o", 0, "")),
    ("end month", ("o", 0, "")),
    ("end year", ("o", 0, "")),
    ("aujourd' hui", ("R", 0, "")),
    ("aujourd hui", ("R", 0, "")),
    ("right now", ("R", 0, "")),
    ("en ce moment", ("R", 0, "")),
    ("at the moment", ("R", 0, "")),
    ("at present", ("R", 0, "")),
    ("a l' heure actuelle", ("R", 0, "")),
    ("ce matin", ("R", 0, "")),
    ("ce midi", ("R", 0, "")),
    ("ce soir", ("R", 0, "")),
    ("cet apres midi", ("R", 0, "")),
    ("this morning", ("R", 0, "")),
    ("this afternoon", ("R", 0, "")),
    ("this evening", ("R", 0, "")),
    ("apres demain", ("R", 2, "")),
    ("day after tomorrow", ("R", 2, "")),
    ("avant hier", ("R", -2, "")),
    ("day before yesterday", ("R", -2, "")),
    ("week end", ("U", 1, "weekend")),
    ("half year", ("U", 1, "half")),
    ("d' ici a", ("G", 0, "")),
    ("d' ici", ("G", 0, "")),
    ("d ici", ("G", 0, "")),
    ("no later than", ("G", 0, "")),
    ("not later than", ("G", 0, "")),
    ("at the latest", ("G", 0, "")),
    ("on or before", ("G", 0, "")),
    ("au plus tard", ("G", 0, "")),
    ("a partir de", ("F", 0, "")),
    ("a partir du", ("F", 0, "")),
    ("a partir d'", ("F", 0, "")),
    ("a compter de", ("F", 0, "")),
    ("a compter du", ("F", 0, "")),
    ("as from", ("F", 0, "")),
    ("starting from", ("F", 0, "")),
    ("starting on", ("F", 0, "")),
    ("starting in", ("F", 0, "")),
    ("up to", ("J", 0, "")),
    ("jusqu' a", ("J", 0, "")),
    ("jusqu' au", ("J", 0, "")),
    ("jusqu' en", ("J", 0, "")),
    ("prior to", ("B", 0, "")),
    ("au cours de", ("l", 0, "")),
    ("au cours du", ("l", 0, "")),
    ("au cours des", ("l", 0, "")),
    ("in the course of", ("l", 0, "")),
    ("au mois de", ("e", 0, "")),
    ("au mois d'", ("e", 0, "")),
    ("il y a", ("y", 0, "")),
    ("y a", ("y", 0, "")),
    ("from now", ("f", 0, "")),
    ("from today", ("f", 0, "")),
    ("en huit", ("h", 7, "")),
    ("en quinze", ("h", 14, "")),
    ("a venir", ("X", 0, "")),
    ("qui vient", ("X", 0, "")),
    ("qui viennent", ("X", 0, "")),
    ("en cours", ("T", 0, "")),
    ("tous les", ("q", 0, "")),
    ("toutes les", ("q", 0, "")),
)


def _near_misses(name: str) -> set[str]:
    """One letter left out, doubled or swapped with its neighbour."""
    cuts = range(len(name))
    left_out = {name[:at] + name[at + 1 :] for at in cuts}
    doubled = {name[: at + 1] + name[at:] for at in cuts}
    swapped = {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in cuts[:-1]}
    return left_out | doubled | swapped


def _month_words() -> dict[str, Word]:
    """Every way to write a month; a misspelling counts only where it can be one month and no other word of a date."""
    words: dict[str, Word] = {}
    for language, names in (("fr", _MONTHS_FR), ("en", _MONTHS_EN)):
        for number, name in enumerate(names, 1):
            words[name] = ("m" if name in _HOMONYMS else "M", number, language)
    misspelt: dict[str, set[int]] = {}
    for name, (_, number, _) in words.items():
        for wrong in _near_misses(name) if len(name) > 5 else ():
            misspelt.setdefault(wrong, set()).add(number)
    misspelt["julliet"] = {7}
    for wrong, months in misspelt.items():
        if len(months) == 1 and wrong not in words:
            words[wrong] = ("M", months.pop(), "fr")
    for short, number in _SHORT.items():
        words[short] = ("k", number, "fr" if short in _FRENCH_SHORT else "en")
    return words


def _build() -> dict[str, Word]:
    words = _month_words()
    for names in _DAYS:
        words |= {name: ("W", number, "") for number, name in enumerate(names)}
    for names in _SHORT_DAYS:
        words |= {name: ("w", number, "") for number, name in enumerate(names) if name != "-"}
    for tables, class_ in ((_NUMBERS, "n"), (_ORDINALS, "O"), (_RELATIVE, "R")):
        for number, forms in tables.items():
            words |= dict.fromkeys(forms.split(), (class_, number, ""))
    for names_of, class_ in ((_UNITS, "U"), (_SEASONS, "S"), (_EDGES, "E")):
        for detail, forms in names_of.items():
            # For a unit the number tells one from several ("mois" may be either).
            words |= {form: (class_, 2 if form[-1] == "s" else 1, detail) for form in forms.split()}
    for class_, forms in _CLASSES.items():
        words |= dict.fromkeys(forms.split(), (class_, 0, ""))
    words |= dict.fromkeys(("noon", "midi"), ("H", 12, ""))
    words["sept"] = ("z", 9, "fr")
    return words


WORDS: Final = _build()
"""Folded word -> class, number, detail."""

PLURALS: Final = frozenset(_split("these ces derniers dernieres prochains prochaines passes passees venir viennent"))
"""Words that make the "mois" beside them a plural."""

NEVER_AFTER: Final = frozenset(
    _split("this these ce cet cette ces current next coming upcoming last past previous recent")
)
"""Words that stand before the unit they tell of, never after it."""


def _phrases() -> dict[str, list[tuple[tuple[str, ...], Word]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    for phrase, word in sorted(_PHRASES, key=lambda pair: -len(pair[0].split())):
        first, *rest = phrase.split()
        by_first.setdefault(first, []).append((tuple(rest), word))
    return by_first


PHRASES: Final = _phrases()
"""First word -> the words that follow it and what the whole stands for, longest first."""
PHRASE_WORDS: Final = frozenset(word for phrase, _ in _PHRASES for word in phrase.split())


class _Fold(dict[int, str]):
    """Character -> its small letter without accent; exactly one character, or none for a combining mark."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = "" if unicodedata.combining(character) else (unicodedata.normalize("NFKD", character)[:1] or character)
        self[code] = folded = plain.lower()[:1]
        return folded


FOLD: Final = _Fold(
    {
        ord("’"): "'",
        ord("‘"): "'",
        ord("ʼ"): "'",
        ord("–"): "-",
        ord("‑"): "-",
        ord("‐"): "-",
    }
)


def fold(text: str) -> tuple[str, range | list[int]]:
    """The text in small letters without accents, and for each of its characters the place in the original."""
    folded = text.translate(FOLD)
    if len(folded) == len(text):
        return folded, range(len(text))
    return folded, [at for at, character in enumerate(text) if FOLD[ord(character)]]
