"""People's text on its way into Slack and out of it. Pure.

Out: characters that only look like `<`, `&` or `@` are folded first, then `& < >` are escaped, once. In the other
order a full-width `＜!channel＞` would come out as a live mention. Nothing that this module returns notifies anybody,
and the only links in it are those that `link` made.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

from bot.slack.limits import LINK

_ZERO_WIDTH = "\u200b"
_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_MEANINGFUL = frozenset("<>&@!#|*_~`:/")
_BROADCAST = re.compile(r"@(?=(?:channel|here|everyone)(?![^\W_]))", re.IGNORECASE)
_QUOTE = re.compile(r"^(\s*)&gt;", re.MULTILINE)
_LOOKALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_EDGES = {mark: re.compile(rf"(?<![^\W_]){re.escape(mark)}|{re.escape(mark)}(?![^\W_])") for mark in _LOOKALIKE}
_SLACK_MARK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


class _Folding(dict[int, str]):
    """A compatibility form of a character that Slack gives a meaning becomes that character; "m²" and "…" stay as they
    are. Filled as characters are met, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char)
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Co", "Zl", "Zp"):
            folded = " "
        elif folded == char or not _MEANINGFUL.intersection(folded):
            folded = char
        self[code] = folded
        return folded


_FOLDING = _Folding()


def plain(text: str) -> str:
    """Readable text: composed, look-alikes of Slack's own characters folded, control and direction characters out.
    Line breaks stay."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return _HIDDEN.sub("", composed.translate(_FOLDING)).strip()


def escape(text: str) -> str:
    """Text that Slack shows as it was typed: no mention, no link, no bold, no quote. For `mrkdwn` and `plain_text`
    alike."""
    text = plain(text)
    for mark, lookalike in _LOOKALIKE.items():
        if text.count(mark) > 1:
            text = _EDGES[mark].sub(lookalike, text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _BROADCAST.sub("@" + _ZERO_WIDTH, text)
    return _QUOTE.sub(rf"\1{_ZERO_WIDTH}&gt;", text)


def label(text: str) -> str:
    """`escape` on one line, for buttons and fields that take no line break."""
    return " ".join(escape(text).split())


def bold(escaped: str) -> str:
    """Each line of an escaped text between asterisks; an asterisk inside would end the bold early."""
    lines = (line.strip().replace("*", _LOOKALIKE["*"]) for line in escaped.split("\n"))
    return "\n".join(f"*{line}*" if line else "" for line in lines)


def host(url: str) -> str:
    """The host of a web address that we are ready to link to, in ASCII; "" for anything else.
    Other schemes and addresses that carry a user name (`https://bank@elsewhere`) are refused."""
    try:
        parts = urlsplit(url.strip())
        name = parts.hostname or ""
        if parts.scheme not in ("http", "https") or "@" in parts.netloc or len(url) > LINK:
            return ""
        return name.encode("idna").decode("ascii") if re.fullmatch(r"[^\s<>|&\"'`\\\\]+", name) else ""
    except (ValueError, UnicodeError):
        return ""


def link(url: str, title: str = "") -> str:
    """A live link that shows where it leads, `<https://a.org/x|title (a.org)>`; plain escaped text when we would
    not link."""
    url = plain(url)
    name = host(url)
    words = label(title).replace("|", "¦")
    if not name:
        return words or label(url)
    shown = f"{words} ({name})" if words and words != name else name
    safe = quote(url, safe="/:?#[]@!$&'()*+,;=%-._~").replace("&", "&amp;")
    return f"<{safe}|{shown}>"


def heard(text: str, bot_user: str = "") -> str:
    """What a person typed, as Slack hands it over: the bot's own mention goes, other marks become their words, entities
    become characters."""

    def word(match: re.Match[str]) -> str:
        kind, target, name = match.group(1), match.group(2), match.group(3)
        if kind == "@":
            return "" if target == bot_user else f"@{name or target}"
        if kind in ("#", "!"):
            return f"{'#' if kind == '#' else '@'}{name or target}".replace("@@", "@")
        return name or target

    words = _SLACK_MARK.sub(word, text)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
