"""Small models of sentences in ONNX form, made where a test wants them: each word has a vector of its own, drawn from its
letters, and the words of one topic share one."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace

from knowledge.search.yardstick import PARAPHRASES

DIMENSION: Final = 8
TOPICS: Final = {"voiture": 0, "automobile": 0, "car": 0, "repas": 1, "lunch": 1, "impot": 2, "tax": 2}
_WORDS: Final = sorted({word for pair in PARAPHRASES for text in pair for word in text.lower().split()} | {"le", "the"})


def make(
    folder: Path,
    *,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    output: str = "last_hidden_state",
    dimension: int = DIMENSION,
    said: int | None = DIMENSION,
    pooling: Mapping[str, Any] | None = None,
) -> Path:
    """A folder with a model, as an export lays it out. `said` is the dimension that its config.json tells."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = {word: number for number, word in enumerate(["[UNK]", *TOPICS, *_WORDS])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = Lowercase(), Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    save(_model(vocabulary, inputs, output, dimension), str(folder / "model.onnx"))
    if said is not None:
        (folder / "config.json").write_text(json.dumps({"hidden_size": said}))
    if pooling is not None:
        (folder / "1_Pooling").mkdir(exist_ok=True)
        (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    return folder


def vector(word: str, dimension: int = DIMENSION) -> np.ndarray[Any, np.dtype[np.float32]]:
    """The vector of a word: that of its topic, or one of its own."""
    drawn = np.random.default_rng(zlib.crc32(f"topic {TOPICS[word]}".encode() if word in TOPICS else word.encode()))
    return drawn.standard_normal(dimension).astype(np.float32)


def _model(vocabulary: Mapping[str, int], inputs: Sequence[str], output: str, dimension: int) -> Any:
    table = np.stack([vector(word, dimension) for word in vocabulary])
    ready = output == "sentence_embedding"
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["rows"])]
    nodes += [helper.make_node("ReduceMean", ["rows", "axis"], [output], keepdims=0)] if ready else []
    nodes += [] if ready else [helper.make_node("Identity", ["rows"], [output])]
    shape = [1, dimension] if ready else [1, None, dimension]
    graph = helper.make_graph(
        nodes,
        "words",
        [helper.make_tensor_value_info(name, TensorProto.INT64, [1, None]) for name in inputs],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.array([1], np.int64), "axis")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
