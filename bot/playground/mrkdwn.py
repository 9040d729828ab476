"""Slack's own markup, and its plain text, turned into HTML. Whatever is not understood comes out as escaped text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

EMOJI: Mapping[str, str] = {
    "wave": "👋", "bulb": "💡", "calendar": "📅", "date": "📅", "spiral_calendar_pad": "🗓️", "memo": "📝", "pencil2": "✏️",
    "pencil": "📝", "mag": "🔍", "warning": "⚠️", "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "bell": "🔔",
    "alarm_clock": "⏰", "hourglass": "⌛", "hourglass_flowing_sand": "⏳", "thumbsup": "👍", "+1": "👍", "thumbsdown": "👎",
    "-1": "👎", "link": "🔗", "question": "❓", "grey_question": "❔", "exclamation": "❗", "information_source": "ℹ️",
    "globe_with_meridians": "🌐", "earth_africa": "🌍", "handshake": "🤝", "page_facing_up": "📄", "bookmark_tabs": "📑",
    "books": "📚", "file_folder": "📁", "open_file_folder": "📂", "pushpin": "📌", "round_pushpin": "📍", "dart": "🎯",
    "chart_with_upwards_trend": "📈", "bar_chart": "📊", "star": "⭐", "tada": "🎉", "eyes": "👀", "arrow_right": "➡️",
    "arrow_left": "⬅️", "large_green_circle": "🟢", "large_yellow_circle": "🟡", "red_circle": "🔴", "lock": "🔒", "key": "🔑",
    "robot_face": "🤖", "speech_balloon": "💬", "house": "🏠", "gear": "⚙️", "wastebasket": "🗑️", "trash": "🗑️",
    "euro": "💶", "moneybag": "💰", "school": "🏫", "classical_building": "🏛️", "flag-fr": "🇫🇷", "fr": "🇫🇷", "flag-gb": "🇬🇧",
    "gb": "🇬🇧", "flag-eu": "🇪🇺", "slightly_smiling_face": "🙂", "smile": "😄", "inbox_tray": "📥", "outbox_tray": "📤",
    "rotating_light": "🚨", "recycle": "♻️", "repeat": "🔁", "leftwards_arrow_with_hook": "↩️", "arrows_counterclockwise": "🔄",
}  # fmt: skip

_HELD = re.compile("\ue000(\\d+)\ue001")
_TOKEN = re.compile(r"```(?P<pre>.+?)```|`(?P<code>[^`\n]+)`|<(?P<angle>[^<>\n]+)>", re.DOTALL)
_STYLE = re.compile(r"(?<![\w*_~])([*_~])(?=\S)([^\n]*?\S)\1(?![\w*_~])")
_EMOJI = re.compile(r":([a-z0-9_+'-]+):")
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_TAG = {"*": "strong", "_": "em", "~": "s"}
_DEEPEST = 6
_EVERYONE = {"!here": "@here", "!channel": "@channel", "!everyone": "@everyone"}


def mrkdwn(text: str, names: Mapping[str, str]) -> str:
    """HTML of a mrkdwn text. `names` gives what to show for the ids of people (`@…`) and channels (`#…`)."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(_token(match, names))
        return f"\ue000{len(held) - 1}\ue001"

    text = _TOKEN.sub(hold, text.replace("\ue000", "").replace("\ue001", ""))
    return _HELD.sub(lambda match: held[int(match[1])], _paragraphs(text))


def plain(text: str) -> str:
    """HTML of a plain_text object: escaped, line breaks kept, names of emoji shown as emoji."""
    return _EMOJI.sub(_emoji, _escape(text)).replace("\n", "<br>")


def safe_url(url: str) -> str:
    """The address, when a click may follow it (web and mail addresses); else an empty string."""
    cleaned = re.sub(r"[\x00-\x20\x7f]", "", _unescape(url))
    return cleaned if re.match(r"(?:https?://[^/]|mailto:)", cleaned, re.IGNORECASE) else ""


def anchor(url: str, label: str) -> str:
    """A link that opens elsewhere and tells nothing about this page. `label` is HTML already."""
    address = safe_url(url)
    if not address:
        return label
    return f'<a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer nofollow">{label}</a>'


def restyle(escaped: str, depth: int = 0) -> str:
    """Bold, italic and struck-out marks of an escaped text, from the outside in so that tags always nest."""
    if depth == _DEEPEST:
        return escaped

    def wrap(match: re.Match[str]) -> str:
        tag = _TAG[match[1]]
        return f"<{tag}>{restyle(match[2], depth + 1)}</{tag}>"

    return _STYLE.sub(wrap, escaped)


def _paragraphs(text: str) -> str:
    """Lines joined by breaks, runs of quoted lines gathered in one quotation."""
    parts: list[str] = []
    quoted: list[str] = []

    def close_quote() -> None:
        if quoted:
            parts.append("<blockquote>" + "<br>".join(quoted) + "</blockquote>")
            quoted.clear()

    lines: list[str] = []
    for line in text.split("\n"):
        if mark := _QUOTE.match(line):
            if lines:
                parts.append("<br>".join(lines))
                lines = []
            quoted.append(_inline(line[mark.end() :]))
        else:
            close_quote()
            lines.append(_inline(line))
    close_quote()
    if lines:
        parts.append("<br>".join(lines))
    return "".join(parts)


def _inline(text: str) -> str:
    return _EMOJI.sub(_emoji, restyle(_escape(text)))


def _token(match: re.Match[str], names: Mapping[str, str]) -> str:
    if match["pre"] is not None:
        return f"<pre>{_escape(match['pre'].strip(chr(10)))}</pre>"
    if match["code"] is not None:
        return f"<code>{_escape(match['code'])}</code>"
    return _angle(match["angle"], names)


def _angle(inside: str, names: Mapping[str, str]) -> str:
    """What stands between < and >: a mention, a date, a link."""
    target, _, label = inside.partition("|")
    if target.startswith("@") and len(target) > 1:
        return _mention("@" + names.get(target[1:], label or target[1:]))
    if target.startswith("#") and len(target) > 1:
        return _mention("#" + names.get(target[1:], label or target[1:]))
    if target.startswith("!"):
        if target.startswith("!date^"):
            return _escape(label or target)
        return _mention(_EVERYONE.get(target) or label or target)
    if safe_url(target):
        return anchor(target, plain(label or target.removeprefix("mailto:")))
    return _escape(label) if label else _escape(f"<{inside}>")


def _mention(label: str) -> str:
    return f'<span class="mention">{_escape(label)}</span>'


def _emoji(match: re.Match[str]) -> str:
    found = EMOJI.get(match[1])
    return f'<span class="emoji" role="img" aria-label="{match[1]}">{found}</span>' if found else match[0]


def _unescape(text: str) -> str:
    """Slack escapes three characters and no other."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _escape(text: str) -> str:
    return html.escape(_unescape(text), quote=True)
