"""Which settings file is read: the option's, the variable's, the working folder's, the nearest above."""

from pathlib import Path

import pytest

from auditor.cli.asked import configuration, known_of
from auditor.cli.settings_file import VARIABLE, settings_file
from checks import REGULATIONS


@pytest.fixture
def inner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder two folders below the test's."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.delenv(VARIABLE, raising=False)
    return folder


def test_the_nearest_of_all_is_read(inner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_file(None) is None
    (tmp_path / "auditor.toml").write_text("")
    assert settings_file(None) == tmp_path / "auditor.toml"
    (inner / "auditor.toml").write_text("")
    assert settings_file(None) == Path("auditor.toml")
    monkeypatch.setenv(VARIABLE, "of/variable.toml")
    assert settings_file(None) == Path("of/variable.toml")
    assert settings_file("of/option.toml") == Path("of/option.toml")


def test_a_run_that_nobody_watches_does_not_look_upwards(inner: Path, tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("lang = 'ru'")
    assert settings_file(None, upwards=False) is None
    assert configuration(None, known_of(REGULATIONS), upwards=False).path is None
    assert configuration(None, known_of(REGULATIONS)).path == tmp_path / "auditor.toml"


def test_a_working_folder_that_is_gone_has_no_settings(inner: Path) -> None:
    inner.rmdir()
    assert settings_file(None) is None


def test_a_folder_above_that_is_somebody_elses_is_passed_over(
    inner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "auditor.toml").write_text("")
    looked_at = Path.is_file

    def is_file(path: Path) -> bool:
        if path.parent == inner.parent:
            raise PermissionError
        return looked_at(path)

    monkeypatch.setattr(Path, "is_file", is_file)
    assert settings_file(None) == tmp_path / "auditor.toml"


def test_a_variable_that_is_empty_names_nothing(inner: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert settings_file(None) is None


def test_a_missing_file_of_the_variable_is_told(auditor, inner: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "none.toml")
    assert auditor("check", "x", "--lang", "en") == (
        2,
        "",
        "none.toml › the file cannot be read: there is no such file or folder\n",
    )


def test_the_language_of_a_file_above_is_spoken(auditor, inner: Path, tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("lang = 'en'")
    assert auditor("chek")[2].startswith("There is no command")


def test_paths_are_seen_from_the_file(inner: Path, tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("[check]\nfiles = ['exports']\nwaivers = 'w.csv'")
    found = configuration(None, known_of(REGULATIONS))
    assert (found.files, found.waivers) == ((str(tmp_path / "exports"),), tmp_path / "w.csv")
