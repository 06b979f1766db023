"""What can be read only once is kept: in memory, and where it is much, in a file without a name."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetcli.errors import SourceError
from budgetcli.readers import spool
from budgetcli.readers.find import find_sources
from budgetcli.readers.spool import spooled
from tests.conftest import Run

TABLE = "부서,예산현액,지출액\n가과,10,5\n".encode()


def test_a_little_stays_in_memory() -> None:
    assert spooled("a", [b"x", b"y"]).data == b"xy"


def test_more_lies_in_a_file_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(spool, "IN_MEMORY", 3)
    source = spooled("a", [b"xy", b"zab", b"c"])
    assert (source.data, source.everything(), source.head) == (None, b"xyzabc", b"xyzabc")
    assert [*tmp_path.iterdir()] == []


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> Iterator[bytes]:
        yield b"xxxx"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(spool, "IN_MEMORY", 3)
    with pytest.raises(SourceError) as caught:
        spooled("a", full())
    assert "No space left" in str(caught.value)
    assert "TMPDIR" in str(caught.value)


def test_a_named_pipe_is_a_source(tmp_path: Path, run: Run) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(TABLE,))
    writer.start()
    assert "가과,10,5" in run("summary", str(pipe), "-q").out
    writer.join()


def test_a_pipe_that_nobody_writes_to_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "SECONDS_TO_WRITE", 0.1)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError) as caught:
        find_sources(tmp_path / "pipe")
    assert "nobody writes" in str(caught.value)
