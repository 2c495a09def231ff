"""The chat page in a real browser: starts the server, drives Debian's chromium, records requests.

The tests speak to the page by the ids and classes that its modules promise (`#question`, `.turn`,
`.card`, `mark.cited`, …), as an official does by what they see.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent

REQUIRED = os.environ.get("TENKYO_REQUIRE_BROWSER") == "1"
"""Fail rather than skip without a browser; read here, as tests run without TENKYO_… variables."""

PATIENCE = 20_000
"""Milliseconds until a wait gives up; other work may share the machine."""

NOTICES = "#notice"
"""Where the page says what is wrong."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""What a container needs, and that the browser itself asks nothing of a network."""


@contextmanager
def launched():
    """Start chromium; skip where there is none, or fail where it is required."""
    path = shutil.which("chromium")
    if path is None:
        reason = "chromium がありません（Debian では apt-get install chromium fonts-noto-cjk）。"
        (pytest.fail if REQUIRED else pytest.skip)(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`tenkyo chat` on a data folder, in a process of its own."""

    def __init__(self, home, **environment):
        self.home = Path(home)
        self.environment = {"TENKYO_HOME": str(home)} | environment
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.log = self.home / "chat.log"
        self.process = None

    def start(self):
        command = ["-m", "ui.cli", "chat", "--no-browser", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._await()
        return self

    def _await(self):
        deadline = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            try:
                with urllib.request.urlopen(self.url, timeout=5):
                    return
            except OSError:  # not there yet, or busy starting
                time.sleep(0.05)
        raise AssertionError("the page did not start: " + self.log.read_text(encoding="utf-8"))

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def tenkyo(self, *arguments):
        """Run another command on the same data folder."""
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", *map(str, arguments)],
            cwd=ROOT,
            env=os.environ | self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode == 0, done.stderr


class Chat:
    """One tab with the page in it."""

    def __init__(self, context, server):
        self.context = context
        self.server = server
        self.requests = []
        self.errors = []
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.add_init_script(path=ROOT / "tests" / "browser_probe.js")
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))

    def open(self, query=""):
        self.page.goto(self.server.url + query)
        self.ready()
        return self

    def ready(self):
        """Wait until an official could type and read."""
        self.box.wait_for()
        self.page.locator("#report [data-s]").first.wait_for()
        self.page.locator(".example, .turn").first.wait_for()

    @property
    def box(self):
        return self.page.locator("#question textarea")

    @property
    def turns(self):
        return self.page.locator(".turn:not(.pending)")

    @property
    def notice(self):
        return self.page.locator(NOTICES)

    def ask(self, question):
        """Type a question, send it with Enter, and return the turn once it is answered."""
        before = self.turns.count()
        self.box.fill(question)
        self.box.press("Enter")
        return self.turn(before)

    def turn(self, number):
        """Return a turn (0-based) once it is answered."""
        from playwright.sync_api import TimeoutError as TooLate

        turn = self.turns.nth(number)
        try:
            turn.locator(".answer[data-status]").wait_for()
        except TooLate as error:
            shown = self.page.locator("#talk").inner_text()
            raise AssertionError(f"no answer; the page shows: {shown}") from error
        return turn

    def status(self, turn):
        return turn.locator(".answer").get_attribute("data-status")

    def marked(self):
        """Return the highlighted words of the report, once there are any."""
        marks = self.page.locator("#report mark.cited")
        marks.first.wait_for()
        return "".join(marks.all_text_contents())

    def foreign_requests(self):
        """Return what was asked of anyone but the page's own server."""
        own = urlsplit(self.server.url).netloc
        local = ("data", "blob", "about")
        parts = [urlsplit(url) for url in self.requests]
        return [p.geturl() for p in parts if p.scheme not in local and p.netloc != own]

    def focused(self, expression):
        """Return a JavaScript expression of the focused element `e`."""
        body = f"const e = document.activeElement; return {expression}"
        return self.page.evaluate(f"() => {{ {body} }}")

    def choose_report(self, words):
        """Choose a report by words of its title in the list of reports."""
        field = self.page.locator("select#report-choice, #report-choice :is(input, select)").first
        if field.evaluate("e => e.tagName") == "SELECT":
            label = field.locator("option").filter(has_text=words).first.text_content()
            field.select_option(label=label)
            return
        field.click()
        self.page.get_by_role("option").filter(has_text=words).first.click()

    def wait_for_notice(self, pattern):
        """Wait until the page says something that a regular expression finds, in view."""
        self.notice.filter(has_text=re.compile(pattern), visible=True).first.wait_for()

    def ask_somewhere(self, question):
        """Ask, and wait for an answer in whichever turn; after trouble their number may differ."""
        self.box.fill(question)
        self.box.press("Enter")
        turn = self.turns.filter(has_text=question)
        turn.locator(".answer[data-status=answered]").first.wait_for()
