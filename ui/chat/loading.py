"""Loads Gradio in half its usual time, and quietly.

Gradio parses its own sources at every import to write type stubs beside them, which takes more
than a second of two and writes into the installation. Nothing of it is needed to serve a page.
"""

import os
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_WRITER = "gradio.component_meta"


def load_gradio() -> None:
    """Import Gradio without its telemetry and its stubs."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read at the import
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        import gradio  # noqa: F401 - its import is what is wanted
    finally:
        sys.meta_path.remove(finder)


def skip() -> dict[str, Any]:
    """Return what leaves a component of the page as it is."""
    import gradio

    return dict(gradio.skip())


class _Finder(MetaPathFinder):
    """Finds the module that writes the stubs, to be loaded by `_Loader`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != _WRITER:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    """Loads the module and takes the writing away."""

    def __init__(self, usual: Loader) -> None:
        self._usual = usual

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._usual.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._usual.exec_module(module)
        vars(module)["create_or_modify_pyi"] = _write_nothing


def _write_nothing(*what: object) -> None:
    """Stand in for the writing of a stub."""
