"""Two executor processes give the sums one process gives, also when one of them is lost."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from budgetcli.rollup.spark_engine import _session
from tests.rollup.test_spark import spark, write_ledger
from tests.rollup.test_traps import sums

pytest.importorskip("pyspark", reason="the extra spark is not installed")
pytestmark = pytest.mark.skipif(not shutil.which("java"), reason="there is no Java")

PARTS = 24


@pytest.fixture(scope="module", autouse=True)
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A cluster on this machine: a master, two workers, an executor of each."""
    started, _ = _session("local-cluster[2,1,1024]", tmp_path_factory.mktemp("spark"))
    until(lambda: len(executors()) == 2)
    yield started
    started.stop()


def executors() -> list[int]:
    """The process ids of this test's own executors."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # it has ended meanwhile
        is_executor = b"org.apache.spark.executor.CoarseGrainedExecutorBackend" in command
        if is_executor and _is_own(int(folder.name)):
            found.append(int(folder.name))
    return found


def _is_own(process: int) -> bool:
    """Whether it descends from this process."""
    while process not in (0, 1, os.getpid()):
        try:
            text = Path(f"/proc/{process}/stat").read_text()
        except OSError:
            return False
        process = int(text.rpartition(")")[2].split()[1])
    return process == os.getpid()


def until(happened: Any) -> None:
    end = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < end, "it did not happen in two minutes"
        time.sleep(0.05)


def write_parts(folder: Path) -> dict[str, int]:
    """Many files, so that there are many tasks."""
    expected = write_ledger(folder / "first", 20_000)
    text = (folder / "first").read_text(encoding="utf-8")
    for number in range(PARTS):
        (folder / f"{number}.csv").write_text(
            "기준일," + text.replace("\n", "\n2024-07-31,")[:-11], "utf-8"
        )
    (folder / "first").unlink()
    return {name: PARTS * total for name, total in expected.items()}


def test_two_executors_give_the_sums_of_plain_python(tmp_path: Path, session: Any) -> None:
    expected = write_parts(tmp_path)
    assert len(executors()) == 2
    assert session.sparkContext.master.startswith("local-cluster")
    assert sums(spark(tmp_path)) == expected


def test_an_executor_lost_in_the_middle_changes_no_sum(tmp_path: Path, session: Any) -> None:
    expected = write_parts(tmp_path)
    before = executors()
    done: list[int] = []

    def kill_one() -> None:
        tracker = session.sparkContext.statusTracker()

        def is_at_work() -> bool:
            stages = map(tracker.getStageInfo, tracker.getActiveStageIds())
            return any(stage and 0 < stage.numCompletedTasks < stage.numTasks for stage in stages)

        until(is_at_work)
        os.kill(before[0], signal.SIGKILL)
        done.append(before[0])

    killer = threading.Thread(target=kill_one)
    killer.start()
    found: dict[str, int] = {}
    while killer.is_alive():  # on a busy machine a run may be over before it is looked at
        found = sums(spark(tmp_path))
    killer.join()
    assert (found, done) == (expected, before[:1])
    assert before[0] not in executors()
