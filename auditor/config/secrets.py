"""Where a secret is kept, and reading it from there: the settings hold only its place."""

import os
import stat
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, SecretStr, model_validator

from auditor.config.values import Beside, Table
from auditor.failures import check_ordinary, why
from auditor.i18n import _

SERVICE = "auditor"
"""Under this name the keyring keeps secrets of which only the name is told."""
LONGEST = 4096
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class SecretError(Exception):
    """A secret cannot be read; the words tell its place, never anything of itself."""


class SecretPlace(Table):
    """Exactly one of these says where the secret is kept."""

    env: str = ""
    """A variable of the environment."""
    file: Beside | None = None
    """A file that only its owner may read."""
    keyring: str = ""
    """A name in the system's keyring, or service/name."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(map(bool, (self.env, self.file, self.keyring))) != 1:
            raise ValueError(_in_one_place())
        return self

    def read(self) -> SecretStr:
        """The secret, which never prints itself. Raises SecretError."""
        secret = self._found().strip()
        if not secret:
            raise SecretError(_("{place} is empty: put the secret there.").format(place=self))
        return SecretStr(secret)

    def _found(self) -> str:
        if self.env:
            return _of_environment(self.env)
        return _of_file(self.file) if self.file else _of_keyring(self.keyring)

    def __str__(self) -> str:
        if self.env:
            return _("the variable {name}").format(name=self.env)
        if self.file:
            return _("the file {file}").format(file=self.file)
        return _("the keyring's entry {name}").format(name=self.keyring)


def _in_one_place() -> str:
    return _('A secret does not stand here, only where it is kept: env, file or keyring, as in { env = "NAME" }.')


def _no_secret(value: object) -> object:
    """A secret that was written into the settings is refused before anything could print it."""
    if not isinstance(value, dict | SecretPlace):
        raise ValueError(_in_one_place())
    return value


Kept = Annotated[SecretPlace, BeforeValidator(_no_secret)]


def _of_environment(name: str) -> str:
    if name not in os.environ:
        raise SecretError(_("There is no variable {name}: set it where the program is started.").format(name=name))
    return os.environ[name]


def _of_file(path: Path) -> str:
    try:
        check_ordinary(path)
        with path.open("rb") as file:
            _check_owner(path, os.fstat(file.fileno()))
            return file.read(LONGEST).decode("utf-8-sig")
    except OSError as error:
        raise SecretError(_("{file} cannot be read: {why}").format(file=path, why=why(error))) from None
    except UnicodeDecodeError:
        raise SecretError(_("{file} is no text").format(file=path)) from None


def _check_owner(path: Path, found: os.stat_result) -> None:
    """SecretError where others may read it; Windows tells no such rights."""
    if os.name == "posix" and found.st_mode & OTHERS:
        text = _("{file} may be read by others: chmod 600 {file}")
        raise SecretError(text.format(file=path))


def _of_keyring(name: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise SecretError(_("The keyring is not installed: pip install 'auditor[keyring]'")) from None
    service, _slash, entry = name.rpartition("/")
    try:
        secret = keyring.get_password(service or SERVICE, entry)
    except KeyringError as error:
        raise SecretError(_("The keyring does not open: {why}").format(why=error)) from None
    if secret is None:
        what = _("The keyring has no {entry}: keyring set {service} {entry}")
        raise SecretError(what.format(service=service or SERVICE, entry=entry))
    return secret
