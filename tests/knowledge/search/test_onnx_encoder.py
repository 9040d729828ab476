"""An encoder from a folder: what it takes of the folder, and what it says of one that will not do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.messages import Phrase
from knowledge.search.index import Document, SearchIndex
from knowledge.search.meaning import Meanings
from knowledge.search.onnx_encoder import OnnxEncoder, UnusableModel
from knowledge.search.onnx_folder import LONGEST, OnnxFolder, read_folder
from knowledge.search.yardstick import ALIKE, SAME, UNLIKE, measured
from tests.knowledge.search.onnx_models import make, vector

DOCUMENTS = (
    Document("drive", ("Assurance automobile",)),
    Document("eat", ("Remboursement du repas",)),
    Document("pay", ("Calendrier de l'impot",)),
)


def encoder(folder: Path) -> OnnxEncoder:
    found = read_folder(folder)
    assert isinstance(found, OnnxFolder), found
    return OnnxEncoder(found)


def refused(folder: Path) -> str:
    found = read_folder(folder)
    assert isinstance(found, Phrase), found
    return found.key


def unit(row: NDArray[Any]) -> list[float]:
    return list(np.round(row / np.linalg.norm(row), 4))


def test_a_text_is_the_mean_of_its_pieces_where_the_folder_says_nothing(tmp_path: Path) -> None:
    (row,) = encoder(make(tmp_path)).encode(["Voiture repas"])
    assert list(np.round(row, 4)) == unit((vector("voiture") + vector("repas")) / 2)


@pytest.mark.parametrize(
    ("pooling", "expected"),
    [
        ({"pooling_mode_cls_token": True}, vector("voiture")),
        ({"pooling_mode_max_tokens": True}, np.maximum(vector("voiture"), vector("repas"))),
        ({"pooling_mode_mean_tokens": True}, (vector("voiture") + vector("repas")) / 2),
    ],
)
def test_the_folder_says_how_pieces_become_one(
    tmp_path: Path, pooling: dict[str, bool], expected: NDArray[Any]
) -> None:
    (row,) = encoder(make(tmp_path, pooling=pooling)).encode(["voiture repas"])
    assert list(np.round(row, 4)) == unit(expected)


def test_a_model_that_gives_one_vector_for_the_text_is_taken_as_it_is(tmp_path: Path) -> None:
    (row,) = encoder(make(tmp_path, output="sentence_embedding")).encode(["voiture repas"])
    assert list(np.round(row, 4)) == unit((vector("voiture") + vector("repas")) / 2)


def test_the_model_may_lie_in_a_folder_of_its_own_and_want_types_of_tokens(tmp_path: Path) -> None:
    make(tmp_path, inputs=("input_ids", "attention_mask", "token_type_ids"))
    (tmp_path / "onnx").mkdir()
    (tmp_path / "model.onnx").rename(tmp_path / "onnx" / "model.onnx")
    assert encoder(tmp_path).encode(["repas"]).shape == (1, 8)


def test_what_stands_before_questions_and_documents_is_said_in_the_folder(tmp_path: Path) -> None:
    make(tmp_path)
    plain = encoder(tmp_path)
    prompts = {"prompts": {"query": "car ", "passage": "lunch "}}
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    made = encoder(tmp_path)
    assert made.encode(["tax"]).tolist() == plain.encode(["car tax"]).tolist()
    assert made.encode_documents(["tax"]).tolist() == plain.encode(["lunch tax"]).tolist()
    assert made.identity != plain.identity


def test_the_prompts_of_e5_are_known(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "config.json").write_text(
        json.dumps({"hidden_size": 8, "_name_or_path": "intfloat/multilingual-e5-base"})
    )
    found = read_folder(tmp_path)
    assert isinstance(found, OnnxFolder) and found.prompts == ("query: ", "passage: ")


def test_a_text_is_cut_at_the_length_that_the_folder_tells(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 3}))
    made = encoder(tmp_path)
    assert made.encode(["car tax lunch " + "repas " * 500]).tolist() == made.encode(["car tax lunch"]).tolist()
    (tmp_path / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 10**9}))
    found = read_folder(tmp_path)
    assert isinstance(found, OnnxFolder) and found.longest == LONGEST


def test_a_folder_that_lacks_something_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere") == "meaning.no_folder"
    assert refused(tmp_path) == "meaning.lacks"
    make(tmp_path)
    (tmp_path / "tokenizer.json").unlink()
    found = read_folder(tmp_path)
    assert isinstance(found, Phrase) and found.args["files"] == ["tokenizer.json"]
    assert refused(make(tmp_path / "b", said=None)) == "meaning.no_dimension"
    make(tmp_path / "b", said=-3)
    assert refused(tmp_path / "b") == "meaning.no_dimension"
    for wrong in ("{", "[1]", "\x00", "[" * 100_000):
        (tmp_path / "b" / "config.json").write_text(wrong)
        assert refused(tmp_path / "b") == "meaning.unreadable"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"said": 9}, "not 9 numbers"),
        ({"inputs": ("input_ids", "pixel_values")}, "pixel_values"),
    ],
)
def test_a_model_of_another_form_says_so(tmp_path: Path, wrong: dict[str, int], told: str) -> None:
    with pytest.raises(UnusableModel, match=told):
        encoder(make(tmp_path, **wrong)).encode(["repas"])  # type: ignore[arg-type]


def test_files_that_are_no_model_say_so(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(UnusableModel, match="cannot be loaded"):
        encoder(tmp_path).encode(["repas"])
    make(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(UnusableModel, match="cannot be loaded"):
        encoder(tmp_path).encode(["repas"])


def test_its_likenesses_are_brought_to_where_the_weights_expect_them(tmp_path: Path) -> None:
    made = encoder(make(tmp_path))
    unlike, same = measured(made)
    assert made.scale != SAME
    assert unlike * made.scale.factor + made.scale.shift == pytest.approx(UNLIKE)
    if same - unlike > 0.05:
        assert same * made.scale.factor + made.scale.shift == pytest.approx(ALIKE)


def test_it_finds_by_meaning_what_shares_no_word(tmp_path: Path) -> None:
    found = SearchIndex(encoder=encoder(make(tmp_path)))
    found.put_all(DOCUMENTS)
    assert found.wait_for_meaning(20)
    assert found.search("lunch")[0].id == "eat"


def test_vectors_of_another_model_are_not_taken_for_its_own(tmp_path: Path) -> None:
    kept = tmp_path / "vectors.npz"
    first = encoder(make(tmp_path / "first"))
    other = encoder(make(tmp_path / "other", pooling={"pooling_mode_cls_token": True}))
    for one in (first, other):
        meanings = Meanings(one, kept)
        meanings.put_all([(0, ["voiture repas"])])
        assert meanings.wait(20)
    nearest, _ = meanings.compare(other.encode(["voiture"])[0], 1).of(np.array([0]))
    alike = float(nearest[0] - other.scale.shift) / other.scale.factor
    assert alike == pytest.approx(1.0, abs=1e-2), "by the first word alone, as this model reads it"
