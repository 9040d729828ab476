"""Vectors of texts in a file between two starts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.search.kept_vectors import KeptVectors

VECTOR = np.array([0.6, 0.8], np.float32)


def test_a_text_has_its_number_and_vector_after_a_new_start(tmp_path: Path) -> None:
    kept = KeptVectors(2, "one", tmp_path / "kept.npz")
    assert kept.number("un accord") is None
    number = kept.keep("un accord", VECTOR)
    kept.write()
    again = KeptVectors(2, "one", tmp_path / "kept.npz")
    again.read()
    assert again.number("un accord") == number
    assert again.rows([number])[0] == pytest.approx(VECTOR, abs=1e-3)
    assert again.number("un autre") is None


def test_what_another_model_left_is_not_read(tmp_path: Path) -> None:
    kept = KeptVectors(2, "one", tmp_path / "kept.npz")
    kept.keep("un accord", VECTOR)
    kept.write()
    for other in (KeptVectors(2, "other", tmp_path / "kept.npz"), KeptVectors(3, "one", tmp_path / "kept.npz")):
        other.read()
        assert len(other) == 0


def test_a_file_that_cannot_be_read_or_written_is_done_without(tmp_path: Path) -> None:
    kept = KeptVectors(2, "one", tmp_path / "nowhere" / "kept.npz")
    kept.read()
    kept.keep("un accord", VECTOR)
    kept.write()
    assert kept.number("un accord") == 0
    (tmp_path / "broken.npz").write_bytes(b"not a file of vectors")
    broken = KeptVectors(2, "one", tmp_path / "broken.npz")
    broken.read()
    assert len(broken) == 0
