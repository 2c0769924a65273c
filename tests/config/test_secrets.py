"""Secrets are read from where they are kept, and never printed."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from auditor.config.secrets import SecretError, SecretPlace


def refusal(place: SecretPlace) -> str:
    with pytest.raises(SecretError) as refused:
        place.read()
    return str(refused.value)


def kept(path: Path, content: bytes = b"hunter2\n", mode: int = 0o600) -> SecretPlace:
    path.write_bytes(content)
    path.chmod(mode)
    return SecretPlace(file=path)


def test_a_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    place = SecretPlace(env="SMTP_PASSWORD")
    monkeypatch.delenv("SMTP_PASSWORD", raising=False)
    assert refusal(place) == "There is no variable SMTP_PASSWORD: set it where the program is started."
    monkeypatch.setenv("SMTP_PASSWORD", " ")
    assert refusal(place) == "the variable SMTP_PASSWORD is empty: put the secret there."
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2")
    assert place.read().get_secret_value() == "hunter2"


def test_a_secret_never_prints_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2")
    secret = SecretPlace(env="SMTP_PASSWORD").read()
    assert "hunter2" not in f"{secret} {secret!r} {[secret]}"


def test_a_secret_of_a_file_without_its_last_line_break(tmp_path: Path) -> None:
    assert kept(tmp_path / "s").read().get_secret_value() == "hunter2"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no such rights")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "s"
    assert refusal(kept(file, mode=mode)) == f"{file} may be read by others: chmod 600 {file}"


def test_a_file_that_holds_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "s"
    assert refusal(SecretPlace(file=file)) == f"{file} cannot be read: there is no such file or folder"
    assert refusal(SecretPlace(file=tmp_path)) == f"{tmp_path} cannot be read: it is a folder"
    assert refusal(kept(file, b"\n")) == f"the file {file} is empty: put the secret there."
    assert refusal(kept(file, b"\xff\xfe")) == f"{file} is no text"


def test_a_keyring_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert refusal(SecretPlace(keyring="smtp")) == "The keyring is not installed: pip install 'auditor[keyring]'"


class KeyringError(Exception):
    pass


def keyring(monkeypatch: pytest.MonkeyPatch, entries: dict[tuple[str, str], str], failure: str = "") -> None:
    def get_password(service: str, name: str) -> str | None:
        if failure:
            raise KeyringError(failure)
        return entries.get((service, name))

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=get_password))
    monkeypatch.setitem(sys.modules, "keyring.errors", SimpleNamespace(KeyringError=KeyringError))


def test_a_secret_of_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring(monkeypatch, {("auditor", "smtp"): "hunter2", ("mail", "smtp"): "hunter3"})
    assert SecretPlace(keyring="smtp").read().get_secret_value() == "hunter2"
    assert SecretPlace(keyring="mail/smtp").read().get_secret_value() == "hunter3"
    assert refusal(SecretPlace(keyring="imap")) == "The keyring has no imap: keyring set auditor imap"
    assert refusal(SecretPlace(keyring="mail/x")) == "The keyring has no x: keyring set mail x"


def test_a_keyring_that_does_not_open_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring(monkeypatch, {}, "locked")
    assert refusal(SecretPlace(keyring="smtp")) == "The keyring does not open: locked"
