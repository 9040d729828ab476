"""The model that the operator names in config.yaml: taken, or refused at its line with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import wiring
from bot.config import Config, load_config
from bot.desk import Person
from bot.doctor import examine
from bot.i18n import Translator
from bot.terminal import render_problem
from knowledge.search.onnx_encoder import OnnxEncoder
from tests.knowledge.search.onnx_models import make


def told(file: Path) -> str:
    problems = load_config(file, {})
    assert isinstance(problems, tuple)
    return render_problem(problems[0], "en", Translator())


def written(folder: Path, meaning: str) -> Path:
    file = folder / "config.yaml"
    file.write_text(f"name: Concorde\nfacts: []\nmeaning:\n  {meaning}\n")
    return file


@pytest.mark.parametrize(
    ("meaning", "sentence"),
    [
        ("encoder: onnx", "name the folder of the model"),
        ("folder: models/small", "of use with “encoder: onnx” only"),
        ("encoder: onnx\n  folder: nowhere", "There is no folder"),
        ("encoder: onnx\n  folder: empty", "lacks model.onnx and tokenizer.json"),
    ],
)
def test_a_model_that_will_not_do_is_told_with_its_line(tmp_path: Path, meaning: str, sentence: str) -> None:
    (tmp_path / "empty").mkdir()
    said = told(written(tmp_path, meaning))
    assert sentence in said and "config.yaml, line" in said


def test_libraries_that_are_missing_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "model")
    monkeypatch.setattr("bot.config.libraries_here", lambda: False)
    assert "pip install -e '.[onnx]'" in told(written(tmp_path, "encoder: onnx\n  folder: model"))


def test_the_model_in_the_folder_answers(tmp_path: Path) -> None:
    make(tmp_path / "model")
    file = written(tmp_path, "encoder: onnx\n  folder: model")
    file.write_text(file.read_text().replace("facts: []", "facts: [shipped]"))
    config = load_config(file, {})
    assert isinstance(config, Config)
    assert isinstance(wiring.encoder(config), OnnxEncoder)
    parts = wiring.build(config)
    try:
        assert parts.base.wait_until_ready(60)
        answer = parts.desk.ask("c'est quoi SeqOIA ?", Person("U1")).answer
        assert answer is not None and answer.facts == ("seqoia",)
    finally:
        parts.close()


def test_the_doctor_runs_the_model(tmp_path: Path) -> None:
    make(tmp_path / "model")
    file = written(tmp_path, "encoder: onnx\n  folder: model")
    (sound,) = [check for check in examine(file, None, {}) if check.what == "meaning"]
    assert sound.sound and "8 numbers" in sound.finding
    make(tmp_path / "model", said=9)
    (wrong,) = [check for check in examine(file, None, {}) if check.what == "meaning"]
    assert not wrong.sound and "not 9 numbers" in wrong.finding
