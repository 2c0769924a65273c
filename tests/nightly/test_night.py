"""A night from the settings alone: what it writes, and what goes on where something fails."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.cli import run
from auditor.history.past import past_of
from auditor.history.store import Store
from auditor.nightly.alone import alone
from auditor.nightly.ping import Ping
from tests.nightly.conftest import Night, settings

Nightly = Callable[..., Night]


def nights(company: Path) -> int:
    store = Store(str(company / "nights.db"), company=str(company / "auditor.toml"))
    return len(past_of(store).days)


def test_violations_are_its_news_and_not_its_failure(company: Path, nightly: Nightly) -> None:
    code, line, _lines = nightly()
    assert (code, line["level"], line["faults"]) == (0, "info", [])
    assert (line["as_of"], line["violated"], line["new"]) == ("2024-04-10T12:00:00", 1, 1)
    assert line["words"].startswith("Ночь 10.04.2024: нарушений 1; новые 1, ")
    assert json.loads((company / "reports" / "auditor.json").read_text("utf-8"))["as_of"] == "2024-04-10T12:00:00"
    assert sorted(path.name for path in (company / "reports" / "managers").iterdir()) == [
        "Иванов Иван.md", "Петрова Анна.md",
    ]  # fmt: skip
    assert "Петрова" not in (company / "reports" / "managers" / "Иванов Иван.md").read_text("utf-8")
    assert nights(company) == 1


def test_a_rerun_changes_nothing(company: Path, nightly: Nightly) -> None:
    first = nightly()
    reports = {path: path.read_bytes() for path in (company / "reports").rglob("*.*")}
    again = nightly()
    assert {key: value for key, value in again[1].items() if key != "time"} == {
        key: value for key, value in first[1].items() if key != "time"
    }
    assert {path: path.read_bytes() for path in (company / "reports").rglob("*.*")} == reports
    assert nights(company) == 1


def test_the_next_night_tells_only_what_is_new(company: Path, nightly: Nightly) -> None:
    nightly()
    history = company / "exports" / "История.csv"
    late = "103;02.05.2024 10:00;этап;Преддоговор;Сделка успешна;Петрова Анна\n"
    history.write_text(history.read_text("utf-8") + late, encoding="utf-8")
    _code, line, _lines = nightly()
    assert (line["violated"], line["new"], nights(company)) == (2, 1, 2)


def test_without_settings_it_says_what_to_do(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "auditor.toml").rename(company.parent / "auditor.toml")
    assert run(["nightly"]) == 2
    assert "auditor init" in capsys.readouterr().err
    (company.parent / "auditor.toml").unlink()


def test_where_reports_cannot_be_written_the_night_is_kept_all_the_same(company: Path, nightly: Nightly) -> None:
    (company / "reports").write_text("no folder")
    code, line, _lines = nightly()
    assert (code, line["level"], nights(company)) == (2, "error", 1)
    assert f"{company / 'reports'}" in line["faults"][0]


def test_where_the_night_cannot_be_kept_reports_are_written_all_the_same(company: Path, nightly: Nightly) -> None:
    (company / "nights.db").mkdir()
    code, line, _lines = nightly()
    assert (code, len(line["faults"])) == (2, 1)
    assert "nights.db" in line["faults"][0]
    assert (company / "reports" / "auditor.json").exists()
    assert "new" in line and line["violated"] == 1


def test_one_report_that_cannot_be_written_does_not_stop_the_others(company: Path, nightly: Nightly) -> None:
    (company / "reports" / "auditor.json").mkdir(parents=True)
    code, line, _lines = nightly()
    assert (code, [fault for fault in line["faults"] if "auditor.json" in fault]) == (2, line["faults"])
    assert (company / "reports" / "auditor.csv").exists()


def test_a_refused_file_is_told_and_the_others_are_judged(company: Path, nightly: Nightly) -> None:
    settings(company, 'files = ["exports"]', 'files = ["exports/Сделки.csv", "exports/История.csv", "x.csv"]')
    (company / "x.csv").write_bytes(b"")
    code, line, _lines = nightly()
    assert (code, line["violated"]) == (2, 1)
    assert "x.csv" in line["faults"][0]


def test_nothing_to_read_is_a_failure(company: Path, nightly: Nightly) -> None:
    for path in (company / "exports").iterdir():
        path.unlink()
    code, line, _lines = nightly()
    assert (code, line["level"], line["words"]) == (2, "error", "Ночь не удалась: проверять нечего.")
    assert not (company / "reports").exists()


def test_old_exports_are_a_failure_and_no_clean_bill(company: Path, nightly: Nightly) -> None:
    settings(company, "stale_days = 0", "stale_days = 1")
    code, line, _lines = nightly()
    assert (code, line["violated"]) == (2, 1)
    assert "после 10.04.2024" in line["faults"][0]
    assert nightly("--as-of", "11.04.2024 02:00")[0] == 0


def test_a_step_that_crashes_is_told_and_the_others_go_on(
    company: Path, nightly: Nightly, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("auditor.cli.nightly.record", crash)
    code, line, _lines = nightly()
    assert code == 3
    assert "ZeroDivisionError by nothing" in line["faults"][0]
    assert (company / "reports" / "auditor.json").exists()


def test_the_second_run_at_once_does_nothing(company: Path, nightly: Nightly, monkeypatch: pytest.MonkeyPatch) -> None:
    from auditor.cli.nightly import state_of

    with alone(state_of(company / "auditor.toml")):
        code, line, _lines = nightly()
    assert (code, "Другой ночной запуск" in line["words"]) == (2, True)
    assert not (company / "nights.db").exists()


@pytest.mark.parametrize(("spoilt", "last"), [(False, Ping.SUCCESS), (True, Ping.FAIL)])
def test_who_watches_is_told_of_start_and_end(
    company: Path, nightly: Nightly, monkeypatch: pytest.MonkeyPatch, spoilt: bool, last: Ping
) -> None:
    told: list[tuple[str | None, Ping, str]] = []
    monkeypatch.setattr("auditor.cli.nightly.ping", lambda *words: told.append((*words, "")[:3]) or "")
    settings(company, "stale_days = 0", 'stale_days = 0\nping_url = "https://watch.example/1"')
    if spoilt:
        (company / "reports").write_text("no folder")
    nightly()
    assert [(url, what) for url, what, _words in told] == [
        ("https://watch.example/1", Ping.START), ("https://watch.example/1", last),
    ]  # fmt: skip
    assert told[1][2].startswith("Ночь 10.04.2024: нарушений 1")


def test_a_watcher_that_does_not_answer_is_a_warning(company: Path, nightly: Nightly) -> None:
    settings(company, "stale_days = 0", 'stale_days = 0\nping_url = "http://127.0.0.1:1/"')
    code, line, lines = nightly()
    assert (code, line["faults"]) == (0, [])
    assert any("127.0.0.1 не отвечает" in words for words in lines)


def test_quiet_leaves_the_line_that_sums_up(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nightly", "--quiet"]) == 0
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert said.err.startswith("Ночь 10.04.2024")


def test_what_a_killed_run_had_begun_is_swept_away(company: Path, nightly: Nightly) -> None:
    (company / "reports").mkdir()
    (company / "reports" / ".auditor-x1y2").write_text("half")
    nightly()
    assert sorted(path.name for path in (company / "reports").iterdir()) == ["auditor.csv", "auditor.json", "managers"]


def test_settings_without_exports_say_where_to_name_them(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(company, 'files = ["exports"]\n', "")
    assert run(["nightly"]) == 2
    assert capsys.readouterr().err == 'auditor.toml: назовите выгрузки, например [check] files = ["exports"].\n'
