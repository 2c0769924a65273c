"""Files that people name: what may be read of them, and why the system could not, in the user's language."""

import errno
import stat
from pathlib import Path
from socket import gaierror

from auditor.i18n import _

MOST_SETTINGS = 4 << 20


def why(error: OSError) -> str:
    """The reason in words; the system's own for the rare ones."""
    if isinstance(error, gaierror):
        return _("there is no server of this name, or no network")
    reasons = {
        errno.ENOENT: _("there is no such file or folder"),
        errno.EACCES: _("there is no permission; if it is open in Excel, close it"),
        errno.EPERM: _("there is no permission; if it is open in Excel, close it"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("its folder is a file"),
        errno.ENOSPC: _("the disk is full"),
        errno.EROFS: _("the disk is read-only"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.ELOOP: _("its links lead in a circle"),
        errno.EINVAL: _("it is no ordinary file"),
        errno.ECONNREFUSED: _("nobody listens there; check the address and the port"),
        errno.ENETUNREACH: _("there is no network"),
        errno.EHOSTUNREACH: _("there is no network"),
        errno.EOVERFLOW: _("it is too big to be one of settings"),
        errno.EFBIG: _("the disk takes no file of this size"),
    }
    return reasons.get(error.errno or 0) or error.strerror or str(error)


def check_ordinary(path: Path) -> None:
    """OSError where the path is no file: a pipe or a device may never end."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL, "")


def settings_of(path: Path) -> bytes:
    """The content of a file that a person writes. OSError where it is none, or too big for one."""
    check_ordinary(path)
    if path.stat().st_size > MOST_SETTINGS:
        raise OSError(errno.EOVERFLOW, "")
    return path.read_bytes()
