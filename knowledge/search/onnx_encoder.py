"""An encoder in ONNX form, from a folder that the operator names. Reads that folder and nothing else: no network.

One thread, one text at a time: a question never waits for a whole batch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.search.encoder import Vectors, normal
from knowledge.search.onnx_folder import OnnxFolder
from knowledge.search.yardstick import Scale, scale_of

_GIVEN: Final = ("input_ids", "attention_mask", "token_type_ids")
_READY: Final = "sentence_embedding"
"""An output that is one vector for the text already."""


class UnusableModel(Exception):
    """The files are there and do not make an encoder; the text says why, in English, for whoever looks after the machine."""


class _Loaded(NamedTuple):
    session: Any
    tokenizer: Any
    inputs: tuple[str, ...]
    output: str


class OnnxEncoder:
    """The model is loaded at the first text. Raises ImportError then when the libraries are missing, UnusableModel when the
    model is of another form than a model of sentences."""

    def __init__(self, folder: OnnxFolder) -> None:
        self._folder = folder
        self._lock = Lock()
        self._model: _Loaded | None = None

    @property
    def dimension(self) -> int:
        return self._folder.dimension

    @cached_property
    def identity(self) -> str:
        """Of the weights and the tokenizer: vectors that another model made are not taken for this one's."""
        digest = hashlib.blake2b(repr((*self._folder.prompts, self._folder.pooling)).encode(), digest_size=12)
        for path in (self._folder.model, self._folder.tokenizer):
            with path.open("rb") as file:
                while part := file.read(1 << 20):
                    digest.update(part)
        return f"onnx:{digest.hexdigest()}"

    @cached_property
    def scale(self) -> Scale:
        """What brings this model's likenesses to where the weights expect them."""
        return scale_of(self)

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(texts, self._folder.prompts[0])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(texts, self._folder.prompts[1])

    def _encoded(self, texts: Sequence[str], prompt: str) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            with self._lock:
                rows[row] = self._vector(prompt + text)
        return normal(rows)

    def _vector(self, text: str) -> NDArray[np.float32]:
        loaded = self._loaded()
        pieces = loaded.tokenizer.encode(text)
        if not pieces.ids:
            return np.zeros(self.dimension, np.float32)
        given = {
            "input_ids": np.array([pieces.ids], np.int64),
            "attention_mask": np.array([pieces.attention_mask], np.int64),
            "token_type_ids": np.zeros((1, len(pieces.ids)), np.int64),
        }
        try:
            (found,) = loaded.session.run([loaded.output], {name: given[name] for name in loaded.inputs})
        except Exception as error:
            raise UnusableModel(f"the model does not run: {_brief(error)}") from error
        return self._pooled(np.asarray(found, np.float32), given["attention_mask"][0])

    def _pooled(self, found: NDArray[np.float32], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        if found.shape == (1, self.dimension):
            return np.asarray(found[0], np.float32)
        if found.shape != (1, len(mask), self.dimension):
            raise UnusableModel(
                f"the model gives {list(found.shape)}, not {self.dimension} numbers for each piece of text"
            )
        rows = found[0][mask > 0]
        if self._folder.pooling == "cls":
            return np.asarray(rows[0], np.float32)
        return np.asarray(rows.max(axis=0) if self._folder.pooling == "max" else rows.mean(axis=0), np.float32)

    def _loaded(self) -> _Loaded:
        if self._model is None:
            self._model = _load(self._folder)
        return self._model


def _load(folder: OnnxFolder) -> _Loaded:
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        tokenizer = Tokenizer.from_file(str(folder.tokenizer))
        session = InferenceSession(str(folder.model), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise UnusableModel(f"{folder.model.parent.name} cannot be loaded: {_brief(error)}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(folder.longest)
    inputs = tuple(one.name for one in session.get_inputs())
    if unknown := [name for name in inputs if name not in _GIVEN]:
        raise UnusableModel(f"the model wants {', '.join(unknown)}: it is no model of sentences")
    outputs = [one.name for one in session.get_outputs()]
    return _Loaded(session, tokenizer, inputs, _READY if _READY in outputs else outputs[0])


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
