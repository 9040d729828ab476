"""A folder with an ONNX model of sentences, as `optimum-cli export onnx` or a model hub lays it out: what is in it, or what it
lacks. Nothing is loaded here.

`model.onnx` (here or in `onnx/`) and `tokenizer.json` must be there. `1_Pooling/config.json`, `config.json`,
`sentence_bert_config.json` and `config_sentence_transformers.json` are heard where they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

from knowledge.messages import Phrase

Pooling = Literal["mean", "cls", "max"]
MODELS: Final = ("model.onnx", "onnx/model.onnx")
TOKENIZER: Final = "tokenizer.json"
LONGEST: Final = 256
"""Pieces of words of one text that are read, where the folder says nothing."""
_QUERY: Final = ("query", "question")
_DOCUMENT: Final = ("passage", "document")


@dataclass(frozen=True, slots=True)
class OnnxFolder:
    """What to load and how: `pooling` makes one vector of those of all pieces, `prompts` stand before a question and before the
    text of a document."""

    model: Path
    tokenizer: Path
    dimension: int
    pooling: Pooling = "mean"
    longest: int = LONGEST
    prompts: tuple[str, str] = field(default=("", ""))


def read_folder(folder: Path) -> OnnxFolder | Phrase:
    """What the folder holds; or, in a sentence, what is wrong with it."""
    given = {"folder": str(folder)}
    if not folder.is_dir():
        return Phrase("meaning.no_folder", given)
    model = next((folder / name for name in MODELS if (folder / name).is_file()), None)
    tokenizer = folder / TOKENIZER
    lacking = [name for name, there in ((MODELS[0], model), (TOKENIZER, tokenizer.is_file())) if not there]
    if model is None or lacking:
        return Phrase("meaning.lacks", {**given, "files": lacking})
    try:
        pooling, general = _read(folder / "1_Pooling" / "config.json"), _read(folder / "config.json")
        sentences, prompts = (
            _read(folder / name) for name in ("sentence_bert_config.json", "config_sentence_transformers.json")
        )
    except ValueError as error:
        return Phrase("meaning.unreadable", {**given, "file": str(error)})
    dimension = (
        pooling.get("word_embedding_dimension") or pooling.get("embedding_dimension") or general.get("hidden_size")
    )
    if not isinstance(dimension, int) or not 0 < dimension <= 8192:
        return Phrase("meaning.no_dimension", given)
    said = sentences.get("max_seq_length")
    longest = min(said, LONGEST) if isinstance(said, int) and said > 2 else LONGEST
    kind: Pooling = (
        "cls" if pooling.get("pooling_mode_cls_token") else "max" if pooling.get("pooling_mode_max_tokens") else "mean"
    )
    return OnnxFolder(model, tokenizer, dimension, kind, longest, _prompts(prompts.get("prompts"), general))


def libraries_here() -> bool:
    """Whether what runs such a model is installed (it is not loaded)."""
    return all(find_spec(name) is not None for name in ("onnxruntime", "tokenizers"))


def _read(path: Path) -> Mapping[str, Any]:
    """The JSON object in a file, {} where there is no file. Raises ValueError with the file's name for anything else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError, RecursionError):
        raise ValueError(path.name) from None
    if not isinstance(found, dict):
        raise ValueError(path.name)
    return found


def _prompts(given: object, general: Mapping[str, Any]) -> tuple[str, str]:
    """What stands before a question and before a document. The models called e5 want theirs, and their folders do not say so."""
    if isinstance(given, Mapping):
        question, document = (
            next((str(given[name]) for name in names if isinstance(given.get(name), str)), "")
            for names in (_QUERY, _DOCUMENT)
        )
        return question, document
    return ("query: ", "passage: ") if "e5" in str(general.get("_name_or_path", "")).lower() else ("", "")
