"""What several tests stand on: a data folder with a built index, and the program itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from browser_page import Chat, Server, launched

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


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium."""
    with launched() as started:
        yield started


@pytest.fixture(scope="session")
def chat_home(home, tmp_path_factory):
    """A data folder with an index that a page may write to."""
    return Path(shutil.copytree(home, tmp_path_factory.mktemp("chat") / "home"))


@pytest.fixture(scope="session")
def server(browser, chat_home):
    """The chat page on `chat_home`; tests share it."""
    started = Server(chat_home)
    try:
        yield started.start()
    finally:
        started.stop()


@pytest.fixture
def own_server(browser, home, tmp_path):
    """A page not started yet, on a data folder of the test's own."""
    made = Server(shutil.copytree(home, tmp_path / "home"))
    yield made
    made.stop()


@pytest.fixture
def new_chat(browser):
    """Open the page of a server as another person: `new_chat(server)`; options as Playwright's.

    Whatever the test is about, nothing may have been asked of another machine.
    """
    opened = []

    def new(of, **options):
        context = browser.new_context(locale="ja-JP", **options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        opened.append(Chat(context, of))
        return opened[-1]

    yield new
    foreign = [url for chat in opened for url in chat.foreign_requests()]
    errors = [error for chat in opened for error in chat.errors]
    for chat in opened:
        chat.context.close()
    assert foreign == []
    assert errors == []


@pytest.fixture
def chat(new_chat, server):
    """The page, opened at 1366×768."""
    return new_chat(server, viewport={"width": 1366, "height": 768}).open()


@pytest.fixture
def tell(request):
    """Show a figure on the terminal, whatever becomes of the test."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def told(line):
        with capture.global_and_fixture_disabled():
            request.config.get_terminal_writer().line(f"\n{line}")

    return told
