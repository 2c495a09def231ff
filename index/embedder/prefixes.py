r"""What a model wants before questions and before passages.

Takes the prompts that a model declares, or the names under which it is known; gives the words to
put before the texts. Many models on the hub declare none although they were trained with some:
`prefixes.tsv` beside this file has those, and anyone can add a line. Knows nothing about loading.

>>> known_prefixes(["intfloat/multilingual-e5-small"])
Prefixes(query='query: ', passage='passage: ')
>>> known_prefixes(["BAAI/bge-m3"])
Prefixes(query='', passage='')
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("prefixes.tsv")

_QUERY = ("query", "retrieval-query", "retrieval.query", "search_query")
_PASSAGE = (
    *("document", "passage", "corpus"),
    *("retrieval-document", "retrieval-passage", "retrieval.passage", "search_document"),
)
"""Names of prompts: those of sentence-transformers first, then those of models such as AMBER."""


@dataclass(frozen=True, slots=True)
class Prefixes:
    """The words before a question and before a passage; empty where a model wants none."""

    query: str = ""
    passage: str = ""


def declared_prefixes(prompts: Mapping[str, str | None]) -> Prefixes | None:
    """Return the prefixes among the prompts of a model; None where it declares none.

    An empty prompt declares nothing: sentence-transformers saves empty ones by itself.
    """
    by_name = {name.lower(): prompt for name, prompt in prompts.items() if prompt}
    query = next((by_name[name] for name in _QUERY if name in by_name), "")
    passage = next((by_name[name] for name in _PASSAGE if name in by_name), "")
    return Prefixes(query, passage) if query or passage else None


def known_prefixes(names: Iterable[str]) -> Prefixes:
    """Return the prefixes of the model that one of `names` (the likeliest first) stands for."""
    for name in names:
        last = Path(name).name.lower()
        for pattern, prefixes in _table():
            if fnmatchcase(last, pattern):
                return prefixes
    return Prefixes()


@cache
def _table() -> tuple[tuple[str, Prefixes], ...]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(
        (pattern.lower(), Prefixes(json.loads(query), json.loads(passage)))
        for pattern, query, passage in rows
    )
