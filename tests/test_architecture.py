"""What CONTRIBUTING.md promises of the code's shape, and what a start may load."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MAY_IMPORT = {
    "corpus": set(),
    "index": {"corpus"},
    "assistant": {"index", "corpus"},
    "evals": {"assistant", "index", "corpus"},
    "ui": {"evals", "assistant", "index", "corpus"},
}
"""Imports run one way; `ui` may offer `evals` as a command, never the reverse."""

HOMES = {
    "fugashi": ["corpus/japanese.py"],
    "chromadb": ["index/store.py"],
    "bm25s": ["index/lexical.py"],
    "filelock": ["index/lock.py"],
    "sentence_transformers": ["index/embedder/"],
    "huggingface_hub": ["index/embedder/"],
    "tokenizers": ["index/embedder/"],
    "safetensors": ["index/embedder/"],
    "scipy": ["index/embedder/"],
    "gradio": ["ui/chat/"],
    "fastapi": ["ui/chat/"],
    "uvicorn": ["ui/chat/server.py"],
    "docx": ["assistant/word/"],
    "lxml": ["assistant/word/"],
    "rapidfuzz": ["assistant/checking/"],
    "typer": ["ui/"],
    "rich": ["ui/"],
    "langchain": ["assistant/writing/chat.py"],
    "langchain_core": ["index/langchain_retriever.py", "assistant/chain.py"],
    "torch": [],
    "transformers": [],
}
"""Where each library may be imported, so that it can be replaced there."""

HEAVY = {
    "numpy",
    "scipy",
    "fugashi",
    "bm25s",
    "chromadb",
    "tokenizers",
    "sentence_transformers",
    "transformers",
    "torch",
    "langchain",
    "langchain_core",
    "gradio",
    "fastapi",
    "docx",
    "lxml",
    "rapidfuzz",
    "pandas",
}

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
"""Lines, as CONTRIBUTING.md has them."""


def modules():
    return sorted(path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


EVERY_MODULE = pytest.mark.parametrize("path", modules(), ids=name_of)


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path):
    """Top-level names of everything that a module imports, inside functions too."""
    names = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative imports hide the direction"
            names.add((node.module or "").split(".")[0])
    return names


def run(code, **environment):
    """Run Python in a process of its own and return what it prints last."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


LOADED = f"; import sys; print(*sorted({HEAVY!r} & set(sys.modules)))"


@EVERY_MODULE
def test_imports_run_one_way(path):
    package = path.relative_to(ROOT).parts[0]
    assert imported(path) & set(MAY_IMPORT) - {package} <= MAY_IMPORT[package]


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_in_one_place_only(library):
    importing = [name_of(path) for path in modules() if library in imported(path)]
    assert [name for name in importing if not name.startswith(tuple(HOMES[library]))] == []


def test_no_other_part_of_langchain_is_imported():
    names = set().union(*map(imported, modules()))
    found = {name for name in names if name.startswith("langchain")}
    assert found <= {"langchain", "langchain_core"}


@pytest.mark.parametrize("package", [*MAY_IMPORT, "index.embedder"])
def test_a_package_by_itself_loads_nothing_heavy(package):
    assert run(f"import {package}" + LOADED) == ""


def test_help_loads_nothing_heavy():
    code = """
import sys
from ui.cli import main
sys.argv = ["tenkyo", "--help"]
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
"""
    assert run(code + LOADED.lstrip("; ")) == ""


def test_an_answer_in_quote_mode_loads_only_what_search_needs(home):
    code = """
from assistant.ask import Assistant
from corpus.settings import load_settings
with Assistant.open(load_settings()) as assistant:
    assert assistant.ask("情報銀行とは何ですか").citations
"""
    loaded = run(code + LOADED.lstrip("; "), TENKYO_HOME=str(home)).split()
    assert loaded == ["chromadb", "fugashi", "numpy"]


@EVERY_MODULE
def test_modules_and_functions_stay_short(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = {
        node.name: length
        for node in ast.walk(tree_of(path))
        if isinstance(node, functions)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert lines <= LONGEST_MODULE
    assert long == {}


@EVERY_MODULE
def test_a_module_says_what_it_is_for(path):
    assert ast.get_docstring(tree_of(path))
    assert path.stem not in {"utils", "common", "helpers"}
    assert path.stem not in sys.stdlib_module_names


def listed_in(name):
    """Paths of the annotated tree: folders end with `/`, names, by commas, before two spaces."""
    text = (ROOT / name).read_text(encoding="utf-8")
    block = re.search(r"^```text\n(corpus/.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert block is not None, f"{name} shows no tree that begins with `corpus/`"
    above: list[tuple[int, str]] = []
    paths = []
    for line in filter(str.strip, block.group(1).splitlines()):
        indent = len(line) - len(line.lstrip())
        names = re.split(r"\s{2,}", line.strip())[0].split(", ")
        above = [(depth, folder) for depth, folder in above if depth < indent]
        paths += ["".join(folder for _, folder in above) + name for name in names]
        if names[0].endswith("/"):
            above.append((indent, names[0]))
    return paths


@pytest.mark.parametrize(
    ("name", "deepest"), [("README.md", 1), ("CONTRIBUTING.md", 9)], ids=["short", "whole"]
)
def test_the_tree_that_is_shown_is_the_tree_of_the_files(name, deepest):
    listed = listed_in(name)
    assert len(listed) == len(set(listed))
    assert [path for path in listed if not (ROOT / path).exists()] == []
    files = {name_of(path) for path in modules() if path.name != "__init__.py"}
    folders = {f"{name_of(path.parent)}/" for path in modules()}
    shown = {path for path in files if path.count("/") <= deepest}
    assert {path for path in listed if path.endswith(".py")} - files == set()
    assert shown - set(listed) == set()
    assert folders - set(listed) == set()
