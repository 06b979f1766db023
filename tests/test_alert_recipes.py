"""The recipes of docs/alerts.md do what they say: their commands are run, their units checked."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "alerts.md"
BEHIND = "부서,예산현액,지출액,기준일\n가과,100,50,2024-07-31\n나과,100,90,2024-07-31\n"


def recipe(head: str) -> str:
    """The block that opens with ```head."""
    (found,) = re.findall(
        rf"^```{re.escape(head)}\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S
    )
    return str(found)


class Office:
    """/srv/budget of the recipes, with a mail command that keeps what it is given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mail = folder / "sent.txt"
        self.report = folder / "reports" / "july.csv"
        self.report.parent.mkdir()
        self.report.write_text(BEHIND, encoding="utf-8")
        (folder / "bin").mkdir()
        self.program("budgetcli", f'exec {shlex.quote(sys.executable)} -m budgetcli "$@"')
        for name in ("mail", "msmtp"):
            self.program(name, f'echo "$@" >> {self.mail}; cat >> {self.mail}')

    def program(self, name: str, line: str) -> Path:
        path = self.folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(PAGE.parents[1]),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
        }
        return subprocess.run(
            words, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def sent(self) -> str:
        """What was mailed since the last look."""
        text = self.mail.read_text("utf-8") if self.mail.exists() else ""
        self.mail.unlink(missing_ok=True)
        return text


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_cron_has_something_to_mail_on_the_first_day_alone(office: Office) -> None:
    *_, line = recipe("crontab").splitlines()
    command = line.split(None, 5)[5].replace("/srv/budget", str(office.folder))
    first, second = office.run("sh", "-c", command), office.run("sh", "-c", command)
    assert "newly behind: 가과" in first.stdout
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def script(office: Office, *, msmtp: bool) -> Path:
    text = recipe("bash")
    if msmtp:
        text = text[: text.index("mail -s")] + recipe("bash msmtp")
    path = office.folder / "budget-alert"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("msmtp", [False, True])
def test_the_script_mails_news_and_nothing_else(office: Office, msmtp: bool) -> None:
    path = str(script(office, msmtp=msmtp))
    assert office.run(path).returncode == 0
    assert re.search(r"(?s)who is behind has changed.*newly behind: 가과", office.sent())
    assert (office.run(path).returncode, office.sent()) == (0, "")
    office.report.write_text(BEHIND.replace("100,50", "100,95"), encoding="utf-8")
    office.run(path)
    assert "recovered: 가과" in office.sent()
    office.report.unlink()
    office.run(path)
    assert "could not be read" in office.sent()


@pytest.mark.parametrize("msmtp", [False, True])
def test_what_could_not_be_mailed_is_mailed_next_time(office: Office, msmtp: bool) -> None:
    path = str(script(office, msmtp=msmtp))
    working = {name: (office.folder / "bin" / name).read_text() for name in ("mail", "msmtp")}
    for name in working:
        office.program(name, "exit 75")
    office.run(path)
    for name, text in working.items():
        (office.folder / "bin" / name).write_text(text)
    office.run(path)
    assert "newly behind: 가과" in office.sent()


def test_the_ci_job_fails_on_the_first_day_alone(office: Office) -> None:
    block = re.search(r"run: \|\n((?: {10}.*\n)+)", recipe("yaml"))
    assert block
    command = re.sub("^ {10}", "", block[1], flags=re.M)
    # as the platform runs `shell: bash`
    run = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command)
    assert [office.run(*run).returncode for _ in range(2)] == [1, 0]
    assert "가과" in (office.folder / "summary.md").read_text("utf-8")


def test_the_units_are_what_systemd_expects(office: Office) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    path = script(office, msmtp=False)
    units = []
    for name in ("budget-alert.service", "budget-alert.timer"):
        unit = office.folder / name
        unit.write_text(recipe(f"ini {name}").replace("/srv/budget", str(path.parent)))
        units.append(str(unit))
    ran = office.run("systemd-analyze", "verify", *units)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_timer_runs_on_working_days(office: Office) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    (when,) = re.findall("OnCalendar=(.*)", recipe("ini budget-alert.timer"))
    ran = office.run("systemd-analyze", "calendar", when)
    assert "Normalized form: Mon..Fri *-*-* 08:30:00" in ran.stdout
