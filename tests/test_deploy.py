"""What stands in deploy/ can be used as it stands."""

import re
import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

from tests.nightly.conftest import furnish
from tests.test_readme import ROOT, home

__all__ = ["home"]
DEPLOY = ROOT / "deploy"
PAGE = (DEPLOY / "README.md").read_text("utf-8")
[CRON] = re.findall(r"^\d+ \d+ \* \* \*  (.*)$", (DEPLOY / "crontab").read_text("utf-8"), re.MULTILINE)
UNITS = {path.name: path for path in DEPLOY.glob("auditor-nightly.*")}


def unit(name: str) -> RawConfigParser:
    found = RawConfigParser(strict=False)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string(UNITS[name].read_text("utf-8"))
    return found


def test_the_line_of_cron_runs_a_night_without_path_locale_and_variables(home: Path) -> None:
    folder = home / "auditor"
    furnish(folder)
    bare = {"HOME": str(home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LOGNAME": "auditor"}
    done = subprocess.run(["sh", "-c", CRON.replace("\\%", "%")], capture_output=True, env=bare, cwd=home)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    [line] = (folder / "nightly.log").read_text("utf-8").splitlines()
    assert line.startswith("Ночь 10.04.2024: нарушений 1; новые 1, ")
    assert (folder / "reports" / "auditor.json").exists()


def test_the_service_runs_what_cron_runs_as_nobody_special() -> None:
    service = unit("auditor-nightly.service")["Service"]
    assert service["ExecStart"].split()[1:] == ["nightly"]
    assert (service["Type"], service["User"]) == ("oneshot", "auditor")
    assert service["WorkingDirectory"] in service["ReadWritePaths"].split()
    assert f"{service['Environment'].partition('=')[2]}/{service['StateDirectory']}" == "/var/lib/auditor"


def test_the_timer_names_its_zone_and_makes_up_for_a_night_that_was_missed() -> None:
    timer = unit("auditor-nightly.timer")
    assert timer["Timer"]["OnCalendar"].endswith("Europe/Moscow")
    assert (timer["Timer"]["Persistent"], timer["Install"]["WantedBy"]) == ("yes", "timers.target")


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """As they stand, but for the program, which is not installed where the tests run."""
    if not shutil.which("systemd-analyze"):
        return  # the tests above read them all the same
    for name, path in UNITS.items():
        (tmp_path / name).write_text(path.read_text("utf-8").replace("/opt/auditor/bin/auditor", sys.executable))
    files = [str(tmp_path / name) for name in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True)
    assert (done.returncode, [line for line in done.stderr.splitlines() if str(tmp_path) in line]) == (0, [])


def test_windows_runs_what_cron_runs() -> None:
    lines = (DEPLOY / "nightly.cmd").read_text("utf-8").splitlines()
    assert lines[-1].split()[1:] == CRON.split()[-3:]
    assert "schtasks /Create /TN auditor-nightly /SC DAILY /ST 05:30 /TR C:\\auditor\\nightly.cmd" in PAGE


def test_the_image_is_built_of_what_is_there_and_runs_as_nobody_special() -> None:
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
    words = [line.split() for line in lines if line and not line.startswith("#")]
    copied = {
        name for first, *names in words if first == "COPY" and not names[0].startswith("--") for name in names[:-1]
    }
    assert [name for name in copied if not (ROOT / name).exists()] == []
    kept = {
        line.removeprefix("!")
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
        if line[0] == "!"
    }
    assert copied == kept
    assert all(":" in names[0] and not names[0].endswith(":latest") for first, *names in words if first == "FROM")
    users = [names[0] for first, *names in words if first == "USER"]
    assert users and not users[-1].startswith(("0", "root"))
    assert any(first == "ENV" and "TZ=Europe/Moscow" in names for first, *names in words)


def test_the_page_names_every_file() -> None:
    assert {path.name for path in DEPLOY.iterdir()} - set(re.findall(r"\]\(([^)]+)\)", PAGE)) == {
        "README.md", "Dockerfile.dockerignore",
    }  # fmt: skip
