"""`auditor config`: what is in force, and where each value came from."""

import json
import re
from pathlib import Path

import pytest

from auditor.cli.asked import known_of
from auditor.cli.settings_file import VARIABLE
from auditor.config import read_config
from checks import REGULATIONS

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
[EXAMPLE] = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)

SMALL = """lang = "en"
[check]
waivers = "w.csv"
fail_on = "high"
[people."Anna \\u202e"]
until = 2026-12-31
[clauses.FUR0902]
days = 45
[[report.files]]
formats = ["csv"]
folder = "out"
[delivery.mail]
host = "smtp.example"
sender = "a@b"
password = { env = "SMTP_PASSWORD" }
attach = ["csv"]
[run]
ping_url = "https://ping.example/hunter2"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "auditor.toml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def origins(out: str) -> dict[str, str]:
    """Each line's origin, by `section key = value`."""
    found, section = {}, ""
    for line in out.splitlines()[1:]:
        if line.startswith("["):
            section = f"{line} "
        elif line:
            setting, _gap, origin = line.rpartition("  # ")
            found[section + setting.strip()] = origin
    return found


def test_each_value_has_its_origin(auditor, folder: Path) -> None:
    code, out, err = auditor("config")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == f"# {folder}/auditor.toml"
    found = origins(out)
    for setting, origin in {
        'lang = "en"': "auditor.toml:1",
        f'[check] waivers = "{folder}/w.csv"': "auditor.toml:3",
        '[check] fail_on = "high"': "auditor.toml:4",
        "[check] regulation = []": "default",
        '[time] opens = "09:00"': "default",
        '[people."Anna \\u202e"] until = 2026-12-31': "auditor.toml:6",
        "[clauses.FUR0902] days = 45": "auditor.toml:8",
        '[[report.files]] formats = ["csv"]': "auditor.toml:10",
        f'[[report.files]] folder = "{folder}/out"': "auditor.toml:11",
        '[[report.files]] per = "all"': "default",
        '[delivery.mail] password = { env = "SMTP_PASSWORD" }': "auditor.toml:15",
        '[delivery.mail] security = "starttls"': "default",
        "[delivery] items = 10": "default",
        "[history] keep_days = 1095": "default",
        '[run] ping_url = "https://ping.example/…"': "auditor.toml:18",
    }.items():
        assert (setting, found.get(setting)) == (setting, origin)


def test_the_command_line_goes_before_the_file(auditor, folder: Path) -> None:
    _code, out, _err = auditor(
        "config", "x.csv", "--set", "FUR0902.days=10", "--set", "FUR0902.severity=high", "--waivers", "other.csv",
        "--strict", "--fail-on", "never", "--regulation", "fur", "--lang", "en",
    )  # fmt: skip
    found = origins(out)
    for setting, origin in {
        'lang = "en"': "--lang",
        f'[check] files = ["{folder}/x.csv"]': "FILES",
        '[check] regulation = ["FUR"]': "--regulation",
        f'[check] waivers = "{folder}/other.csv"': "--waivers",
        '[check] fail_on = "never"': "--fail-on",
        "[reading] strict = true": "--strict",
        "[clauses.FUR0902] days = 10": "--set",
        '[clauses.FUR0902] severity = "high"': "--set",
    }.items():
        assert (setting, found.get(setting)) == (setting, origin)


def test_it_says_who_named_the_file(auditor, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert auditor("config", "--config", "auditor.toml")[1].startswith(f"# {folder}/auditor.toml (--config)\n")
    monkeypatch.setenv(VARIABLE, "auditor.toml")
    assert auditor("config")[1].startswith(f"# {folder}/auditor.toml (AUDITOR_CONFIG)\n")


def test_without_a_file_all_is_at_its_default(auditor, folder: Path) -> None:
    (folder / "auditor.toml").unlink()
    code, out, _err = auditor("config", "--lang", "en")
    assert code == 0
    assert out.startswith("# There is no auditor.toml: all settings are at their defaults.\n")
    assert set(origins(out).values()) == {"--lang", "default"}


def test_the_language_of_a_terminal_is_its_locales(auditor, folder: Path, monkeypatch) -> None:
    (folder / "auditor.toml").unlink()
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    for module in ("config", "language"):
        monkeypatch.setattr(f"auditor.cli.{module}.on_terminal", lambda: True)
    assert origins(auditor("config")[1])['lang = "en"'] == "LANG"


@pytest.mark.parametrize("text", ["", SMALL, EXAMPLE], ids=["empty", "small", "readme"])
def test_what_it_prints_says_the_same_as_the_file(auditor, folder: Path, text: str) -> None:
    (folder / "auditor.toml").write_text(text, encoding="utf-8")
    (folder / "printed.toml").write_text(auditor("config", "--lang", "ru")[1], encoding="utf-8")
    known = known_of(REGULATIONS)
    first, second = (read_config(folder / name, known).whole for name in ("auditor.toml", "printed.toml"))
    changed = {"lang": "ru", "check": first.check.model_copy(update={"fail_on": first.check.fail_on or "low"})}
    run = second.run.model_copy(update={"ping_url": first.run.ping_url})
    regraded = {code: dict(values) for code, values in first.clauses.items()}
    for values in regraded.values():
        values.update({"severity": "medium"} if "severity" in values else {})
    assert second.model_copy(update={"run": run}) == first.model_copy(update={**changed, "clauses": regraded})


def test_faults_are_told_as_everywhere(auditor, folder: Path) -> None:
    (folder / "auditor.toml").write_text('lang = "en"\n[chek]\n')
    assert auditor("config") == (
        2, "", "auditor.toml › line 2 › chek: There is no setting “chek”. Did you mean “check”?\n"
    )  # fmt: skip


def test_the_schema_takes_the_example_of_the_readme(auditor) -> None:
    import tomllib

    from jsonschema import Draft202012Validator

    code, out, _err = auditor("config", "--schema")
    assert code == 0
    schema = json.loads(out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    example = json.loads(json.dumps(tomllib.loads(EXAMPLE), default=str))
    assert list(validator.iter_errors(example)) == []
    assert not validator.is_valid({**example, "chek": {}})
    assert not validator.is_valid({"time": {"opens": "nine"}})
