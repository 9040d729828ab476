"""Every sentence that the Slack side says exists in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.i18n import LOCALES_FOLDER, read_locale

BOT = Path(LOCALES_FOLDER).parent
FILES = [BOT / "app.py", *(BOT / "slack").glob("*.py"), *(BOT / "surfaces").glob("*.py")]
KEYS = sorted({key for file in FILES for key in re.findall(r'Phrase\(\s*"([\w.]+)"', file.read_text("utf-8"))})


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_phrase_has_its_sentence(lang: str) -> None:
    sentences = read_locale(LOCALES_FOLDER / lang)
    wanted = {*KEYS, "source.undated", "source.link", "feedback.good", "feedback.bad"}

    assert len(KEYS) > 8
    assert wanted <= set(sentences)
