"""`auditor compare` of reports that `auditor check` wrote."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer

TOLD = ("group", "withdrawn_because", "deal", "how")


@pytest.fixture
def report(company: Path, check: Callable[..., Answer]) -> Callable[..., str]:
    """Writes a JSON report of the company under that name."""

    def written(name: str, *options: str) -> str:
        code, _out, err = check("--output", name, "--quiet", *options)
        assert code in (0, 1), err
        return name

    return written


@pytest.fixture
def compared(auditor: Callable[..., Answer]) -> Callable[..., Any]:
    def run(*arguments: str) -> Any:
        code, out, err = auditor("compare", *arguments, "--format", "json", "--lang", "en")
        assert (code, err) == (0, "")
        return json.loads(out)

    return run


def told(comparison: Any) -> list[tuple[Any, ...]]:
    return [tuple(change[name] for name in TOLD) for change in comparison["changes"]]


def test_what_was_missed_and_is_done_late_is_closed_late(report, compared) -> None:
    found = compared(report("a.json", "--as-of", "05.04.2024"), report("b.json"))
    assert told(found) == [("closed_late", None, "101", "late")]
    assert found["before"] == {
        "file": "a.json", "as_of": "2024-04-05T23:59:59", "timezone": "Europe/Moscow", "met": 1, "late": 0,
        "missed": 1, "forbidden": 0, "pending": 0, "unknown": 1, "waived": 0, "violated": 1, "compliance": 0.5,
    }  # fmt: skip
    assert found["groups"] == {
        "new": 0, "reopened": 0, "open": 0, "closed_late": 1, "withdrawn": 0, "out_of_sight": 0, "known": 0
    }  # fmt: skip
    assert found["differences"] == []
    assert [(person["manager"], person["groups"]["closed_late"]) for person in found["managers"]] == [
        ("Иванов Иван", 1), ("Петрова Анна", 0)
    ]  # fmt: skip


def test_new_open_and_known(report, compared) -> None:
    in_time, missed = report("a.json", "--as-of", "04.03.2024"), report("b.json", "--as-of", "05.04.2024")
    done = report("c.json")
    assert told(compared(in_time, missed)) == [("new", None, "101", "missed")]
    assert told(compared(missed, missed)) == [("open", None, "101", "missed")]
    assert told(compared(done, done)) == [("known", None, "101", "late")]


@pytest.mark.parametrize(
    ("options", "why", "difference"),
    [
        (["--set", "FUR0902.days=45"], "rule", ["Judged by another rule: FUR0902."]),
        (["--waivers", "w.csv"], "waived", []),
    ],
)
def test_why_it_was_withdrawn(company: Path, report, compared, options: list[str], why: str, difference: str) -> None:
    (company / "w.csv").write_text("пункт;сделка;по;утвердил;причина\nFUR0902;101;31.12.2024;Главный;отпуск\n", "utf-8")
    found = compared(report("a.json"), report("b.json", *options))
    assert [(group, because) for group, because, _deal, _how in told(found)] == [("withdrawn", why)]
    assert found["withdrawn_because"] == {"data": 0, "rule": 0, "waived": 0, why: 1}
    assert found["differences"] == difference
    back = compared("b.json", "a.json")
    assert [group for group, *_ in told(back)] == (["reopened"] if why == "waived" else ["new"])


def test_data_that_changed_withdraw(company: Path, report, compared) -> None:
    before = report("a.json")
    path = company / "exports" / "История.csv"
    path.write_text(path.read_text("utf-8").replace("101;10.04.2024", "101;20.03.2024"), "utf-8")
    assert told(compared(before, report("b.json"))) == [("withdrawn", "data", "101", "late")]


def test_periods_without_a_day_in_common_stand_side_by_side(report, compared) -> None:
    march = report("a.json", "--since", "01.03.2024", "--until", "31.03.2024")
    april = report("b.json", "--since", "01.04.2024", "--until", "30.04.2024")
    found = compared(march, april)
    assert found["changes"] == []
    assert found["differences"][0].startswith("They speak of different days")
    assert found["differences"][1] == (
        "They were narrowed in different ways: period: 2024-03-01 – 2024-03-31; only clauses FUR0902 — and period: "
        "2024-04-01 – 2024-04-30; only clauses FUR0902."
    )
    assert [(side["met"], side["violated"]) for side in (found["before"], found["after"])] == [(1, 1), (0, 0)]


def test_a_person_who_was_left_out_is_out_of_sight(report, compared) -> None:
    found = compared(report("a.json"), report("b.json", "--manager", "Петрова"))
    assert told(found) == [("out_of_sight", None, "101", "late")]
    assert found["differences"] == [
        "They were narrowed in different ways: period: all; only clauses FUR0902 — and period: all; only Петрова Анна; "
        "only clauses FUR0902."
    ]


def test_an_input_that_was_refused_withdraws_nothing(company: Path, report, compared, check) -> None:
    before = report("a.json")
    (company / "exports" / "История.csv").unlink()
    assert check("--output", "b.json", "--quiet", "nowhere.csv")[0] == 2
    found = compared(before, "b.json")
    assert [group for group, *_ in told(found)] == ["out_of_sight"]
    said = "Not every input of the second report was read: what it lacks is out of sight, not withdrawn."
    assert said in found["differences"]


def test_reports_in_reverse_are_told(report, compared) -> None:
    found = compared(report("a.json"), report("b.json", "--as-of", "05.04.2024"))
    assert found["differences"] == ["The first report is the later one: name the earlier one first."]


def test_the_table_names_who_what_and_why(report, auditor) -> None:
    report("a.json", "--as-of", "05.04.2024")
    code, out, err = auditor("compare", "a.json", report("b.json"), "--lang", "en")
    assert (code, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "was a.json · as of 2024-04-05 (Europe/Moscow) · 1 violation · kept 50.0%" in lines
    assert "Closed late 1" in lines
    assert "Иванов Иван 1 1 → 1 0% → 0%" in lines
    assert "CLOSED LATE — 1" in lines
    deal = next(line for line in lines if line.startswith("! Deal 101"))
    assert deal == "! Deal 101 · Кухня Сидоровым +7 916 123-45-67 · due 2024-03-31 · FUR0902"
    assert "Преддоговор" in lines[lines.index(deal) + 1]


def test_what_is_left_open_is_named_only_in_full(report, auditor) -> None:
    a = report("a.json", "--as-of", "05.04.2024")
    assert "STILL NOT DONE" not in auditor("compare", a, a, "--lang", "en")[1]
    assert "STILL NOT DONE — 1" in auditor("compare", a, a, "--lang", "en", "--full")[1]


def test_markdown_for_a_chat(report, auditor) -> None:
    report("a.json", "--as-of", "05.04.2024")
    code, out, _err = auditor("compare", "a.json", report("b.json"), "--lang", "en", "--format", "md")
    assert code == 0
    assert out.splitlines()[:8] == [
        "**Two audits side by side: 2024-04-05 → 2024-04-10 12:00**",
        "",
        "1 violation, kept 50.0% → 1 violation, kept 50.0%",
        "",
        "Closed late 1",
        "",
        "| Name | closed late | violated | kept |",
        "|---|---|---|---|",
    ]
    assert "**Closed late — 1**" in out
    assert "\n- Deal 101 · Кухня Сидоровым +7 916 123-45-67 · due 2024-03-31 · FUR0902: " in out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "x.json is no JSON report"),
        (b"[1, 2]", "x.json is no JSON report"),
        (b"\xff\xfe", "x.json is no JSON report"),
        (b"[" * 100_000, "x.json is no JSON report"),
        (b'{"schema": 1}', "x.json is no JSON report"),
        (b"", "x.json is no JSON report"),
    ],
)
def test_a_file_that_is_no_report_is_told(company: Path, report, auditor, content: bytes, said: str) -> None:
    (company / "x.json").write_bytes(content)
    code, out, err = auditor("compare", report("a.json"), "x.json", "--lang", "en")
    assert (code, out) == (2, "")
    assert err == f"{said}: make one with auditor check FILES --output report.json\n"


def test_every_fault_is_told_at_once(company: Path, auditor) -> None:
    (company / "folder").mkdir()
    code, _out, err = auditor("compare", "nowhere.json", "folder", "--format", "xlsx", "--lang", "en")
    assert code == 2
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "--format", "nowhere.json cannot be read", "folder cannot be read"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": 2}, "a.json was made by another version of the program: make it anew with this one."),
        ({"as_of": "2024-04-05T23:59:59+03:00"}, "a.json is no JSON report: make one with auditor check FILES"),
        ({"as_of": 5}, "a.json is no JSON report: make one with auditor check FILES"),
        ({"duties": [{}]}, "a.json is no JSON report: make one with auditor check FILES"),
    ],
)
def test_a_report_that_was_changed_is_told(company: Path, report, auditor, change: Any, said: str) -> None:
    path = company / report("a.json")
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **change}), "utf-8")
    code, _out, err = auditor("compare", "a.json", "a.json", "--lang", "en")
    assert (code, err.startswith(said)) == (2, True), err


def test_a_report_that_is_too_big_is_told(report, auditor, monkeypatch) -> None:
    monkeypatch.setattr("auditor.reports.read_report.MOST", 100)
    code, _out, err = auditor("compare", report("a.json"), "a.json", "--lang", "en")
    assert (code, err.splitlines()[0][:28]) == (2, "a.json is larger than 0 MB: ")


def test_a_report_with_a_byte_order_mark_or_unknown_keys_is_read(company: Path, report, compared) -> None:
    path = company / report("a.json")
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "more": 1}), "utf-8-sig")
    assert compared("a.json", "a.json")["groups"]["known"] == 1


def test_an_older_report_that_tells_no_rules_is_compared_all_the_same(company: Path, report, compared) -> None:
    path = company / report("a.json")
    old = json.loads(path.read_text("utf-8"))
    for record in old["coverage"]:
        for key in ("since", "until", "rule"):
            del record[key]
    path.write_text(json.dumps(old), "utf-8")
    assert [group for group, *_ in told(compared("a.json", report("b.json")))] == ["known"]
