"""A real Chromium, driven over a pipe: opens a page, tells what it did, what it looks like.

Nothing but the standard library: the DevTools protocol is JSON ended by a zero byte, read from
the browser's file descriptor 4 and written to its 3.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",  # CI is root in a container; the pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
_LIMIT = 60
_ABOVE = 10


def chromium() -> str | None:
    """The browser's path, where there is one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


class Browser:
    """One browser with one tab."""

    def __init__(self, to: int, answers: int) -> None:
        self._to, self._answers = to, answers
        self._count = 0
        self._rest = b""
        self._waiting: deque[dict[str, Any]] = deque()
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        tab = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=tab, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What the browser answers; what it tells meanwhile is kept in `events`."""
        self._count += 1
        asked: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._to, json.dumps(asked).encode() + b"\0")
        for message in self._messages():
            if message.get("id") == self._count:
                assert "error" not in message, message["error"]
                result: dict[str, Any] = message["result"]
                return result
            self.events.append(message)
        raise AssertionError  # the messages never end

    def open(self, page: Path) -> None:
        """Load a file and wait for it; events begin anew."""
        self.events.clear()
        self.call("Page.navigate", url=page.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(next(self._messages()))

    def evaluate(self, expression: str) -> Any:
        """The value of a piece of JavaScript in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def size(self, width: int, height: int = 900) -> None:
        """The window's inner size in CSS pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def prefer(self, media: str = "", **features: str) -> None:
        """Emulate a medium (print), or features such as prefers_color_scheme."""
        told = [
            {"name": name.replace("_", "-"), "value": value} for name, value in features.items()
        ]
        self.call("Emulation.setEmulatedMedia", media=media, features=told)

    def press(self, key: str) -> None:
        """A key, by its name and the text it types."""
        text = {"Enter": "\r", "Tab": ""}[key]
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, text=text)

    def picture(self) -> bytes:
        """The whole page as a PNG."""
        drawn = self.call("Page.captureScreenshot", captureBeyondViewport=True, format="png")
        return base64.b64decode(drawn["data"])

    def pdf(self) -> bytes:
        """The page as printed, on the paper its style asks for."""
        printed = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(printed["data"])

    def complaints(self) -> list[str]:
        """Everything that was written to the console or went wrong since the page was opened."""
        wanted = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
        return [json.dumps(event["params"]) for event in self.events if event["method"] in wanted]

    def requests(self) -> list[str]:
        """The addresses asked for since the page was opened, its own among them."""
        sent = (event for event in self.events if event["method"] == "Network.requestWillBeSent")
        return [event["params"]["request"]["url"] for event in sent]

    def _messages(self) -> Iterator[dict[str, Any]]:
        while True:
            while not self._waiting:
                self._read()
            yield self._waiting.popleft()

    def _read(self) -> None:
        ready, _, _ = select.select([self._answers], [], [], _LIMIT)
        chunk = os.read(self._answers, 1 << 20) if ready else b""
        assert chunk, "the browser has gone away, or says nothing"
        *whole, self._rest = (self._rest + chunk).split(b"\0")
        self._waiting.extend(map(json.loads, whole))


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are not 3 or 4, which the browser's ends will be."""
    ends = os.pipe()
    above = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _ABOVE) for end in ends]
    for end in ends:
        os.close(end)
    return above[0], above[1]


@contextmanager
def browser(path: str) -> Iterator[Browser]:
    """A browser of its own, with a profile that is thrown away."""
    theirs_in, ours_out = _pipe()
    ours_in, theirs_out = _pipe()

    def hand_over() -> None:
        os.dup2(theirs_in, 3)
        os.dup2(theirs_out, 4)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [path, *_FLAGS, f"--user-data-dir={profile}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=hand_over,
            close_fds=False,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            yield Browser(ours_out, ours_in)
        finally:
            os.close(ours_out)
            os.close(ours_in)
            process.terminate()
            process.wait(_LIMIT)
