"""Reads plain data, whoever typed it, into clean text, numbers, lists and mappings; raises `BadValue` and nothing else.

Text is normalised (NFKC), rid of control and direction characters, and refused beyond a length, never cut in silence.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from knowledge.fields import BadValue, Mistake, Plain, bad
from knowledge.messages import Phrase
from knowledge.records import LANGUAGES

LINE_LIMIT: Final = 300
TEXT_LIMIT: Final = 2000
LIST_LIMIT: Final = 100
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?\Z")

Path = tuple[str | int, ...]


def clean(text: str) -> str:
    """Text made safe to keep: NFKC, no control or direction characters, single spaces."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode("utf-8")))
    kept = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cn", "Co") else char for char in text)
    return " ".join(kept.split())


def read_string(plain: Plain, *path: str | int, limit: int = LINE_LIMIT) -> str:
    """A text that is not empty; numbers are taken as they are written."""
    if isinstance(plain, bool) or not isinstance(plain, str | int | float):
        raise bad("problem.empty" if plain is None else "problem.not_text", *path)
    text = clean(str(plain))
    if not text:
        raise bad("problem.empty", *path)
    if len(text) > limit:
        raise bad("problem.too_long", *path, limit=limit, length=len(text))
    return text


def read_text(plain: Plain, *path: str | int, limit: int = TEXT_LIMIT) -> dict[str, str]:
    """Text by language. A bare string is the same in every language; a language may be missing, not all of them."""
    if not isinstance(plain, dict):
        text = read_string(plain, *path, limit=limit)
        return dict.fromkeys(LANGUAGES, text)
    wrong = unknown_keys(plain, LANGUAGES, path)
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        if plain.get(lang) not in (None, ""):
            try:
                found[lang] = read_string(plain[lang], *path, lang, limit=limit)
            except BadValue as error:
                wrong.extend(error.mistakes)
    if wrong:
        raise BadValue(*wrong)
    if not found:
        raise bad("problem.empty", *path)
    return found


def read_list(plain: Plain, *path: str | int) -> tuple[str, ...]:
    """A list of lines without repeats; one line alone is a list of one."""
    if plain is None:
        return ()
    if isinstance(plain, dict):
        raise bad("problem.not_a_list", *path)
    items: Sequence[Plain] = plain if isinstance(plain, list) else [plain]
    if len(items) > LIST_LIMIT:
        raise bad("problem.list_too_long", *path, limit=LIST_LIMIT, length=len(items))
    wrong: list[Mistake] = []
    found: list[str] = []
    for place, item in enumerate(items):
        try:
            found.append(read_string(item, *path, place))
        except BadValue as error:
            wrong.extend(error.mistakes)
    if wrong:
        raise BadValue(*wrong)
    return tuple(dict.fromkeys(found))


def read_mapping(
    plain: Plain, keys: Sequence[str], *path: str | int, required: Sequence[str] = ()
) -> Mapping[str, Plain]:
    """A mapping with no key but these, and all the required ones."""
    if not isinstance(plain, dict):
        raise bad("problem.not_a_mapping", *path, keys=", ".join(keys))
    wrong = unknown_keys(plain, keys, path)
    wrong += [
        Mistake((*path, key), Phrase("problem.missing", {"key": key})) for key in required if plain.get(key) is None
    ]
    if wrong:
        raise BadValue(*wrong)
    return plain


def read_all(*reads: Callable[[], Any]) -> list[Any]:
    """What each of these gives, or the mistakes of all of them at once."""
    found: list[Any] = []
    wrong: list[Mistake] = []
    for read in reads:
        try:
            found.append(read())
        except BadValue as error:
            wrong += error.mistakes
    if wrong:
        raise BadValue(*wrong)
    return found


def read_given(data: Mapping[str, Plain], key: str, read: Callable[..., Any], required: bool = False) -> Any:
    """What `read` makes of this key; None where it is not given and need not be."""
    if data.get(key) is not None:
        return read(data[key], key)
    if required:
        raise BadValue(Mistake((key,), Phrase("problem.missing", {"key": key})))
    return None


def read_number(plain: Plain, *path: str | int) -> float:
    """A number; spaces and underscores may part the thousands. Whole numbers stay whole."""
    if isinstance(plain, int | float) and not isinstance(plain, bool) and abs(plain) < 10**15:
        return plain
    text = re.sub(r"[\s_]", "", plain) if isinstance(plain, str) else ""
    if not _NUMBER.match(text):
        raise bad("problem.bad_number", *path, value=clean(str(plain))[:LINE_LIMIT])
    return float(text) if "." in text else int(text)


def unknown_keys(plain: Mapping[str, Plain], keys: Iterable[str], path: Path = ()) -> list[Mistake]:
    """One mistake for each key that is not among `keys`, with the one that was probably meant."""
    known = tuple(keys)
    return [Mistake((*path, key), unknown("problem.unknown_key", key, known)) for key in plain if key not in known]


def unknown(key: str, value: str, known: Iterable[str], **arguments: str) -> Phrase:
    """Says that a value is not known and, where one is near, which one was probably meant."""
    phrase, near = Phrase(key, {"value": value, **arguments}), suggestion(value, known)
    return Phrase("problem.suggesting", {"problem": phrase, "suggestion": near}) if near else phrase


def suggestion(word: str, known: Iterable[str]) -> str:
    """The known word nearest to this one, or nothing."""
    folded = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower()[:80], folded, 1, 0.6)
    return folded[near[0]] if near else ""
