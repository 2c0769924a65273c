"""What is typed wrong is told in one line each, with what would be right; nothing is a traceback."""

import platform
import re
from pathlib import Path

import pytest

from auditor import __version__
from checks import REGULATIONS

SEVERITIES = "high, medium, low"
COMMANDS = (
    "check",
    "inspect",
    "compare",
    "due",
    "explain",
    "clauses",
    "init",
    "config",
    "demo",
    "help",
    "history",
    "nightly",
    "completion",
    "doctor",
)  # fmt: skip
PERIODS = "today, yesterday, this-week, last-week, this-month, last-month, last-working-day"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chek"], "There is no command “chek”. Did you mean “check”?"),
        (["--lang", "en"], f"A command is missing. Possible: {', '.join(sorted(COMMANDS))}."),
        (["check", "--sinc", "x"], "There is no option --sinc. Did you mean “--since”?"),
        (["check", "x", "--since"], "The option --since needs a value."),
        (["check", "--strict=1"], "The option --strict takes no value."),
        (["demo"], "FOLDER is missing."),
        (["demo", "x", "--deals", "many"], "--deals: a whole number is expected."),
        (["demo", "x", "--deals", "0"], "--deals: a number from 1 to 1000000 is expected."),
        (["demo", "x", "--regulation", "XYZ"], "--regulation: fur, agy, bed, kdl, kld is expected, not “XYZ”."),
        (["demo", "x", "--layout", "xml"], "--source: plain, api, amocrm, bitrix24 is expected, not “xml”."),
        (["demo", "x", "y"], "The command line has words too many."),
        (["clauses", "FUR9999"], "CODES OR WORDS: No clause's code begins with “FUR9999”."),
        (["check"], "Which files? Name the exports: auditor check deals.xlsx"),
        (["check", "x", "--regulation", "FUD"], "--regulation: There is no regulation “FUD”. Did you mean “FUR”?"),
        (
            ["check", "x", "--select", "FUR0909"],
            "--select: No clause's code begins with “FUR0909”. Did you mean “FUR0907”?",
        ),
        (["check", "x", "--ignore", "AGZ"], "--ignore: No clause's code begins with “AGZ”."),
        (["check", "x", "--severity", "grave"], f"--severity: {SEVERITIES} is expected, not “grave”."),
        (["check", "x", "--fail-on", "all"], f"--fail-on: {SEVERITIES}, never is expected, not “all”."),
        (["check", "x", "--format", "pdf"], "--format: table, json, csv, html, md, xlsx is expected, not “pdf”."),
        (
            ["check", "x", "--output", "a.pdf"],
            "--output: “a.pdf” must end in .json, .csv, .txt, .html, .md, .xlsx, .parquet.",
        ),
        (["check", "x", "--output", "no/a.csv"], "--output: There is no folder “no”."),
        (["check", "x", "--since", "31.02.2026"], "--since: A date such as 11.03.2026 is expected, not “31.02.2026”."),
        (["check", "x", "--as-of", "noon"], "--as-of: A moment such as 11.03.2026 18:00 is expected, not “noon”."),
        (["check", "x", "--since", "02.03.2026", "--until", "01.03.2026"], "--until lies before --since."),
        (["check", "x", "--period", "tomorrow"], f"--period: {PERIODS} is expected, not “tomorrow”."),
        (["clauses", "teapot", "kettle"], "No clause speaks of “teapot kettle”: try fewer words."),
        (["help", "chek"], "There is no command “chek”. Did you mean “check”?"),
        (
            ["check", "x", "--period", "yesterday", "--since", "01.03.2026"],
            "--period names the days already: leave out --since and --until.",
        ),
        (["check", "x", "--set", "FUR0902"], "--set: CLAUSE.PARAMETER=VALUE is expected, not “FUR0902”."),
        (
            ["check", "x", "--set", "FUR0902.day=1"],
            "--set: Clause FUR0902 has no parameter “day”. Did you mean “days”?",
        ),
        (
            ["check", "x", "--what-if"],
            "--what-if: say by --set what to suppose, such as --set FUR0201.at_least=4.",
        ),
        (["check", "x", "--set", "FUR0902.days=many"], "--set: A number from 0 to 3650 is expected, not “many”."),
        (
            ["check", "x", "--config", "none.toml", "--lang", "en"],
            "none.toml › the file cannot be read: there is no such file or folder",
        ),
        (["check", "x", "--lang", "de"], "--lang: ru, en is expected, not “de”."),
    ],
)
def test_wrong_usage(auditor, tmp_path, monkeypatch, arguments: list[str], told: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "auditor.toml").write_text('lang = "en"')
    assert auditor(*arguments) == (2, "", told + "\n")


def test_all_that_is_wrong_is_told_at_once(auditor, company: Path) -> None:
    code, out, err = auditor("check", "exports", "--lang", "en", "--since", "x", "--severity", "y", "--set", "z")
    assert (code, out, len(err.splitlines())) == (2, "", 3)


def test_faults_of_the_configuration_are_told_before_anything_is_read(auditor, company: Path) -> None:
    (company / "auditor.toml").write_text('lang = "en"\n[chek]\n[time]\nopens = 9\n', encoding="utf-8")
    assert auditor("check", "exports") == (
        2,
        "",
        "auditor.toml › line 2 › chek: There is no setting “chek”. Did you mean “check”?\n"
        "auditor.toml › line 4 › [time] › opens: A time such as 09:00 is expected, not “9”.\n",
    )


def test_control_characters_of_a_name_never_reach_the_terminal(auditor, company: Path) -> None:
    _code, _out, err = auditor("check", "\x1b[31mred\u202e.xlsx", "--lang", "en")
    assert err.startswith("�[31mred�.xlsx: ")


def test_russian_is_spoken_where_no_locale_is_set(auditor, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    assert auditor("chek")[2] == "Команды «chek» нет. Может быть, «check»?\n"


@pytest.mark.parametrize(
    ("arguments", "configured", "locale", "first"),
    [
        (["--lang", "ru"], "en", "en_US.UTF-8", "Команды"),
        (["--lang=en"], "ru", "ru_RU.UTF-8", "There"),
        ([], "en", "ru_RU.UTF-8", "There"),
        ([], None, "ru_RU.UTF-8", "Команды"),
        ([], None, "en_GB.UTF-8", "There"),
        ([], None, "C", "Команды"),
        ([], None, "C.UTF-8", "Команды"),
        ([], None, "POSIX", "Команды"),
    ],
)
def test_option_then_configuration_then_locale(
    auditor, tmp_path, monkeypatch, arguments: list[str], configured: str | None, locale: str, first: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setattr("auditor.cli.language.on_terminal", lambda: True)
    if configured:
        (tmp_path / "auditor.toml").write_text(f'lang = "{configured}"')
    assert auditor(*arguments, "chek")[2].startswith(first)


def test_a_pipe_speaks_russian_whatever_the_locale(auditor, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert auditor("chek")[2].startswith("Команды")
    assert auditor("--lang", "en", "chek")[2].startswith("There")


@pytest.mark.parametrize(
    ("option", "typed", "told"),
    [
        ("--period", "завтра", "сегодня, вчера, эта-неделя, прошлая-неделя, этот-месяц, прошлый-месяц, последний-р"),
        ("--severity", "важная", "высокая, средняя, низкая;"),
        ("--fail-on", "всегда", "высокая, средняя, низкая, никогда;"),
        ("--format", "таблицы", "таблица, json, csv, html, md, xlsx;"),
    ],
)
def test_russian_words_are_offered_in_russian(
    auditor, tmp_path, monkeypatch, option: str, typed: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert auditor("check", "x", option, typed)[2].startswith(f"{option}: Возможно: {told}")


def test_the_version_names_the_program_each_regulation_and_python(auditor) -> None:
    code, out, err = auditor("--version", "--lang", "en")
    assert (code, err) == (0, "")
    program, *regulations, python = out.splitlines()
    assert program == f"auditor {__version__}"
    assert [re.fullmatch(r"([A-Z]+) [0-9a-f]{8}: (\d+) clauses", line).groups() for line in regulations] == [
        (regulation.code, str(len(regulation.clauses))) for regulation in REGULATIONS
    ]
    assert python == f"Python {platform.python_version()}"


@pytest.mark.parametrize(
    ("asked", "same"),
    [(["-h"], ["--help"]), (["help"], ["--help"]), (["check", "-h"], ["check", "--help"]),
     (["help", "check"], ["check", "--help"])],
)  # fmt: skip
def test_every_way_to_ask_for_help_gives_the_same(auditor, asked: list[str], same: list[str]) -> None:
    assert auditor(*asked) == auditor(*same)
    assert auditor(*asked)[:1] == (0,)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_is_in_russian_as_a_whole(auditor, monkeypatch, command: str) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("COLUMNS", "200")
    code, out, _err = auditor(command, "--help")
    assert code == 0
    assert "Как вызвать: auditor" in out
    for english in ("Usage", "Options", "Arguments", "Show this", "default", "Settings", "bool", "FILES"):
        assert english not in out


@pytest.mark.parametrize(("command", "upwards"), [("check", True), ("nightly", False), ("doctor", False)])
def test_the_help_says_where_the_settings_are_looked_for(auditor, monkeypatch, command: str, upwards: bool) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    told = auditor(command, "--help")[1]
    assert "иначе auditor.toml текущей папки" in told
    assert ("или папки выше" in told) == upwards


def test_without_arguments_the_help_is_shown(auditor, monkeypatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    code, out, _err = auditor()
    assert code == 0
    for command in COMMANDS:
        assert command in out


def test_what_nobody_foresaw_is_one_line_and_exit_code_3(auditor, monkeypatch, company: Path) -> None:
    def broken(*_: object) -> None:
        raise KeyError("stage")

    monkeypatch.setattr("auditor.cli.check.asked", broken)
    code, out, err = auditor("check", "exports", "--lang", "en")
    assert (code, out) == (3, "")
    assert err.startswith("The program failed: KeyError 'stage'. ")
    assert len(err.splitlines()) == 1


def test_an_interrupted_run_says_so(auditor, monkeypatch, company: Path) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("auditor.cli.check.asked", interrupted)
    assert auditor("check", "exports", "--lang", "en") == (130, "", "Stopped.\n")
