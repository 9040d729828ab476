"""What others would use, each with plain settings, behind one small interface: build from documents, search for ids."""

from __future__ import annotations

import gc
import re
import sqlite3
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Protocol

from knowledge.search.encoder import Encoder
from knowledge.search.index import Document, SearchIndex
from knowledge.search.text import fold, words


class Engine(Protocol):
    name: str

    def build(self, documents: Sequence[Document]) -> None: ...

    def search(self, text: str, limit: int = 10) -> list[str]: ...

    def change(self, document: Document) -> None:
        """Make one new document searchable."""


class Ours:
    """This project's own index, by words alone or with an encoder of meaning."""

    def __init__(self, encoder: Encoder | None = None, vectors: Path | None = None) -> None:
        self.name = "entente with meaning" if encoder else "entente"
        self._make: Callable[[], SearchIndex] = lambda: SearchIndex(encoder=encoder, vectors=vectors)
        self.index = self._make()

    def build(self, documents: Sequence[Document]) -> None:
        self.index = self._make()
        self.index.put_all(documents)
        self.index.wait_for_meaning()
        gc.freeze()  # as the bot does once it has read its base

    def search(self, text: str, limit: int = 10) -> list[str]:
        return [hit.id for hit in self.index.search(text, limit)]

    def change(self, document: Document) -> None:
        self.index.put(document)


def _columns(document: Document) -> tuple[str, str]:
    return " ; ".join(document.titles), " ; ".join((*document.texts, *document.aliases))


class Fts5:
    """SQLite's full-text index, its Porter stemmer, BM25 with titles counting double."""

    name = "SQLite FTS5 (porter)"

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:")

    def build(self, documents: Sequence[Document]) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            "create virtual table facts using fts5(id unindexed, title, body, tokenize='porter unicode61 remove_diacritics 2')"
        )
        rows = [(document.id, *_columns(document)) for document in documents]
        self._db.executemany("insert into facts values (?, ?, ?)", rows)
        self._db.commit()

    def search(self, text: str, limit: int = 10) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        if not asked:
            return []
        query = "select id from facts where facts match ? order by bm25(facts, 0, 2, 1) limit ?"
        return [row[0] for row in self._db.execute(query, (asked, limit))]

    def change(self, document: Document) -> None:
        self._db.execute("insert into facts values (?, ?, ?)", (document.id, *_columns(document)))
        self._db.commit()


class TokenSet:
    """rapidfuzz's token_set_ratio over the titles."""

    name = "rapidfuzz token_set (titles)"

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._titles: list[str] = []

    def build(self, documents: Sequence[Document]) -> None:
        self._ids = [document.id for document in documents]
        self._titles = [fold(" ; ".join(document.titles)) for document in documents]

    def search(self, text: str, limit: int = 10) -> list[str]:
        from rapidfuzz import fuzz, process

        found = process.extract(fold(text), self._titles, scorer=fuzz.token_set_ratio, limit=limit)
        return [self._ids[place] for _, _, place in found]

    def change(self, document: Document) -> None:
        self._ids.append(document.id)
        self._titles.append(fold(" ; ".join(document.titles)))


class Tantivy:
    """tantivy with one typing mistake allowed per word of four letters or more."""

    name = "tantivy (fuzzy)"

    def __init__(self) -> None:
        self._index: Any = None
        self._schema: Any = None

    def build(self, documents: Sequence[Document]) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", tokenizer_name="default")
        builder.add_text_field("body", tokenizer_name="default")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=mkdtemp())
        writer = self._index.writer(64_000_000, 1)
        for document in documents:
            writer.add_document(self._entry(document))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _entry(self, document: Document) -> Any:
        import tantivy

        title, body = _columns(document)
        return tantivy.Document(id=document.id, title=fold(title), body=fold(body))

    def search(self, text: str, limit: int = 10) -> list[str]:
        import tantivy

        clauses = []
        for word in re.findall(r"\w+", fold(text)):
            for name, boost in (("title", 2.0), ("body", 1.0)):
                exact = tantivy.Query.term_query(self._schema, name, word)
                clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(exact, boost)))
                if len(word) > 3:
                    near = tantivy.Query.fuzzy_term_query(self._schema, name, word, 1, True)
                    clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(near, boost * 0.5)))
        if not clauses:
            return []
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(clauses), limit).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    def change(self, document: Document) -> None:
        writer = self._index.writer(64_000_000, 1)
        writer.add_document(self._entry(document))
        writer.commit()
        self._index.reload()


class Bm25s:
    """bm25s over Snowball stems (French); it has no way to add a document, so a change builds it again."""

    name = "bm25s (stems)"

    def __init__(self) -> None:
        self._documents: list[Document] = []
        self._model: Any = None

    def build(self, documents: Sequence[Document]) -> None:
        import bm25s

        self._documents = list(documents)
        self._model = bm25s.BM25()
        corpus = [_stemmed(" ".join((*_columns(document), *document.titles))) for document in documents]
        self._model.index(corpus, show_progress=False)

    def search(self, text: str, limit: int = 10) -> list[str]:
        asked = [word for word in _stemmed(text) if word in self._model.vocab_dict]
        if not asked:
            return []
        rows, _ = self._model.retrieve([asked], k=min(limit, len(self._documents)), show_progress=False)
        return [self._documents[int(row)].id for row in rows[0]]

    def change(self, document: Document) -> None:
        self.build([*self._documents, document])


def _stemmed(text: str) -> list[str]:
    import Stemmer

    return [str(stem) for stem in Stemmer.Stemmer("french").stemWords(list(words(text)))]


def peers() -> list[Engine]:
    """The baselines whose packages are here."""
    found: list[Engine] = [Fts5(), TokenSet()]
    if find_spec("tantivy"):
        found.append(Tantivy())
    if find_spec("bm25s"):
        found.append(Bm25s())
    return found
