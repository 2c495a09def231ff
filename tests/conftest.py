"""What several tests stand on: a data folder with a built index, and the program itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.ask import Assistant
from corpus.settings import Settings
from index.serve import open_snapshot

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def no_settings_from_outside():
    """Keep the settings of the person who runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("TENKYO_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def home(tmp_path_factory, no_settings_from_outside):
    """A data folder with an index of the shipped report. Only for reading: tests share it."""
    folder = tmp_path_factory.mktemp("tenkyo")
    open_snapshot(Settings(home=folder)).close()
    return folder


@pytest.fixture(scope="session")
def settings(home):
    """Settings that point to `home`."""
    return Settings(home=home)


@pytest.fixture(scope="session")
def assistant(settings):
    """An assistant on the shipped report."""
    with Assistant.open(settings) as opened:
        yield opened


@pytest.fixture
def tenkyo(home):
    """Run the program as a user does: `tenkyo("ask", "…")`, on `home` unless told otherwise."""

    def run(*arguments, at=home, **environment):
        return subprocess.run(
            [sys.executable, "-m", "ui.cli", *arguments],
            cwd=ROOT,
            env=os.environ | {"TENKYO_HOME": str(at)} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    return run
