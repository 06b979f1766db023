"""A reader in a process of its own: what it says comes back, and nothing it does harms us."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from budgetcli.errors import MissingExtraError, SourceError, TableError, UserError
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import Evidence, Line, Place, RawTable, Span
from budgetcli.readers import ReadOptions, Source, apart, apart_child
from budgetcli.readers.apart import Limits, read_apart
from budgetcli.readers.apart_answer import (
    STEP_DONE,
    FailedError,
    error_said,
    tables_said,
    understood,
)

TABLE = RawTable(
    rows=(("부서", "예산"), ("과\n'\"\udc80", "1,200"), ()),
    source="a.pdf",
    number=2,
    sheet="1",
    page=3,
    lines=(1, 4, 5),
    spans=(Span(0, 1, 2, 3),),
    before=("(단위 : 백만원)",),
    after=("* 잠정",),
    siblings={"date": "2024-07-31"},
    evidence=(
        Evidence("page", say_count("{count} row", "{count} rows", 2, why=say("{n:,}", n=5)), True),
        Evidence("layout", Sentence("closed")),
    ),
    alone=False,
)
READER = """
import os, resource, signal, sys, time
from pathlib import Path
from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import RawTable

def read_here(source, options, step_done):
    Path(__file__).with_name("pid").write_text(str(os.getpid()))
    step_done()
    {body}
"""

STEP = say("save it again")

Reading = Callable[..., list[RawTable]]


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """Read with a reader of one line."""
    monkeypatch.syspath_prepend(tmp_path)

    def read(body: str, data: bytes = b"data", limits: Limits = Limits()) -> list[RawTable]:
        (tmp_path / "odd.py").write_text(READER.format(body=body), encoding="utf-8")
        options = ReadOptions(encoding="cp949", sheet="둘")
        return read_apart("odd", Source("a.odd", data=data), options, next=STEP, limits=limits)

    return read


def has_ended(folder: Path) -> bool:
    """Whether the child is gone altogether: a zombie could still be signalled."""
    try:
        os.kill(int((folder / "pid").read_text()), 0)
    except ProcessLookupError:
        return True
    return False


def test_a_table_comes_back_as_it_was() -> None:
    [table] = understood(tables_said([TABLE])).tables
    assert table == TABLE
    assert str(table.evidence[0].message) == "2 rows"


def test_lines_come_back_with_their_places() -> None:
    line = Line("ㅇ 예산 3억원", Place("a.pdf", 2, page=7))
    assert understood(tables_said([], [line]), "a.pdf").lines == (line,)


def test_the_table_above_has_something_in_every_field() -> None:
    assert not [
        name
        for name, value in TABLE._asdict().items()
        if value == RawTable._field_defaults.get(name)
    ]


@pytest.mark.parametrize(
    "error",
    [
        SourceError(
            say("broken ({problem})", problem=say("at {n}", n=3)),
            where="a.pdf",
            seen=(say("x"), say("{y}", y="{z}")),
            why=say("sums"),
            next=say("save it again"),
        ),
        TableError(say("no table"), where="a.pdf", next=say("stop")),
        MissingExtraError("docs", say("reading PDF"), where="a.pdf"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_users_error_comes_back_as_itself(error: UserError) -> None:
    with pytest.raises(type(error)) as caught:
        understood(error_said(error))
    assert (str(caught.value), vars(caught.value)) == (str(error), vars(error))


def test_what_is_no_text_in_a_sentence_is_told_as_text() -> None:
    problem = ValueError("no {brace}")
    with pytest.raises(SourceError) as caught:
        understood(
            error_said(
                SourceError(say("{problem}", problem=problem), where="a.pdf", next=say("stop"))
            )
        )
    assert str(caught.value).startswith("a.pdf: no {brace}\n")


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\x80\x04K\x01.",
        b"[]\n",
        b"{}\n",
        b'{"tables": [{"rows": 1}]}\n',
        b'{"error": "SystemExit"}\n',
        b"[" * 100_000,
        tables_said([TABLE])[:-9],
    ],
    ids=["none", "pickle", "list", "empty", "no rows", "no error of ours", "deep", "cut"],
)
def test_an_answer_that_makes_no_sense_is_none(line: bytes) -> None:
    with pytest.raises(FailedError, match="makes no sense"):
        understood(line)


def test_the_reader_gets_the_bytes_the_name_and_the_options(reading: Reading) -> None:
    data = bytes(range(256)) * 2_000
    cells = "source.everything().hex(), options.encoding, options.sheet"
    [table] = reading(f"return [RawTable((({cells}),), source.name)]", data)
    assert table == RawTable(((data.hex(), "cp949", "둘"),), "a.odd")


def test_a_file_is_read_from_its_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    body = "return [RawTable(((source.everything().decode(),),), source.name)]"
    (tmp_path / "odd.py").write_text(READER.format(body=body), encoding="utf-8")
    (tmp_path / "a.odd").write_bytes(b"all of it")
    source = Source("a.odd", tmp_path / "a.odd")
    assert source.head
    assert read_apart("odd", source, ReadOptions(), next=STEP)[0].rows == (("all of it",),)


def test_a_file_that_is_not_there_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        read_apart("odd", Source("none", tmp_path / "none"), ReadOptions(), next=STEP)


def test_what_a_library_prints_reaches_nobody(
    reading: Reading, capfd: pytest.CaptureFixture[str]
) -> None:
    body = "print('out', flush=True); os.write(1, b'out'); os.write(2, b'err'); return []"
    assert reading(body) == []
    assert capfd.readouterr() == ("", "")


def test_an_error_of_the_users_is_raised_as_it_is(reading: Reading) -> None:
    with pytest.raises(SourceError, match="a scan") as caught:
        reading("raise SourceError(say('a scan'), where=source.name, next=say('stop'))")
    assert str(caught.value).splitlines() == [
        "a.odd: a scan",
        f"  Why it matters: {SourceError.reason}",
        "  Next: stop",
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("raise RuntimeError('boom')", "RuntimeError: boom"),
        ("raise RecursionError('deep')", "RecursionError: deep"),
        ("raise MemoryError", "more memory than a document may"),
        ("os.abort()", "broke down (status -6)"),
        ("os._exit(3)", "broke down (status 3)"),
        ("sys.exit('bye')", "SystemExit: bye"),
        ("return [object()]", "AttributeError"),
    ],
)
def test_a_breakdown_is_an_error_that_names_the_file(
    body: str, reason: str, reading: Reading, tmp_path: Path
) -> None:
    with pytest.raises(SourceError) as caught:
        reading(body)
    assert str(caught.value).startswith("a.odd: the library that reads ODD gave up on it: ")
    assert reason in str(caught.value)
    assert has_ended(tmp_path)


def test_a_reader_that_never_ends_is_ended(reading: Reading, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        reading("while True: pass", limits=Limits(step=0.2))
    assert "takes longer" in str(caught.value)
    assert has_ended(tmp_path)


def test_steps_done_are_no_answer() -> None:
    heard: SimpleQueue[bytes] = SimpleQueue()
    for line in (STEP_DONE, STEP_DONE, b"{}\n"):
        heard.put(line)
    steps: list[int] = []
    assert apart._last_word(heard, Limits(), steps.append) == b"{}\n"
    assert steps == [0, 1]


def test_steps_without_end_do_not_count_for_ever() -> None:
    heard: SimpleQueue[bytes] = SimpleQueue()
    heard.put(STEP_DONE)
    with pytest.raises(FailedError):
        apart._last_word(heard, Limits(in_all=0), lambda _: None)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Python's own handling, also where the tests run in the background, deaf to Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interruption_ends_the_child_too(reading: Reading, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        reading("os.kill(os.getppid(), signal.SIGINT); time.sleep(600)")
    assert has_ended(tmp_path)


def test_memory_processor_time_and_core_are_limited(reading: Reading) -> None:
    most = {"DATA": 300 << 20, "AS": 600 << 20, "CPU": 101, "CORE": 0}
    cells = ", ".join(f"str(resource.getrlimit(resource.RLIMIT_{kind})[1])" for kind in most)
    limits = Limits(in_all=100, memory=300 << 20)
    [table] = reading(f"return [RawTable((({cells}),), source.name)]", limits=limits)
    assert all(
        0 <= int(cell) <= size for cell, size in zip(table.rows[0], most.values(), strict=True)
    )


def test_too_much_memory_is_refused(reading: Reading) -> None:
    with pytest.raises(SourceError) as caught:
        reading("bytearray(900 << 20)")
    assert "more memory" in str(caught.value)


def test_without_limits_to_set_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    apart_child.limit(1, 1)
    assert bytearray(1 << 20)


@pytest.mark.parametrize("program", ["none", "true"])
def test_an_interpreter_that_does_not_start_is_an_error(
    program: str, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "true").write_text("#!/bin/sh\n")
    (tmp_path / "true").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / program))
    with pytest.raises(SourceError, match="gave up on it"):
        reading("return []", bytes(1 << 20))


@pytest.mark.parametrize("flags", [[], ["-I"]], ids=["plain", "isolated"])
def test_the_child_finds_what_the_parent_found(flags: list[str], tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text(READER.format(body="return []"), encoding="utf-8")
    paths = [str(Path(apart.__file__).parents[2]), str(tmp_path)]
    code = (
        f"import sys; sys.path += {json.dumps(paths)}\n"
        "from budgetcli.readers.apart import read_apart, Source, ReadOptions\n"
        "print(read_apart('odd', Source('a', data=b''), ReadOptions(), next=None))"
    )
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        [sys.executable, *flags, "-c", code],
        cwd=tmp_path, env=bare, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.stdout, ran.stderr) == ("[]\n", "")
