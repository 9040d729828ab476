"""The themes: names and words in both languages, and mistakes with their lines."""

from __future__ import annotations

from pathlib import Path

from knowledge.records import LANGUAGES
from knowledge.vocabulary import load_vocabulary


def test_the_shipped_themes_have_names_and_words_in_both_languages() -> None:
    themes, problems = load_vocabulary()
    assert problems == ()
    assert len(themes) == 21
    for theme in themes.values():
        assert set(theme.labels) == set(theme.words) == set(LANGUAGES)
        assert all(theme.words[lang] for lang in LANGUAGES)


def test_people_find_a_theme_by_its_short_form() -> None:
    themes, _ = load_vocabulary()
    assert "MR" in themes["maladies-rares"].words["fr"]
    assert "NBS" in themes["depistage-neonatal"].words["en"]


def test_mistakes_in_a_file_of_themes_come_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "themes.yaml"
    path.write_text("themes:\n  a:\n    labels: {fr: A}\n    words: {de: [x]}\n  b:\n    label: {fr: B}\n", "utf-8")
    themes, problems = load_vocabulary(path)
    assert themes == {}
    assert [(problem.line, problem.field) for problem in problems] == [
        (4, "themes.a.words.de"),
        (6, "themes.b.label"),
        (5, "themes.b.labels"),
    ]
