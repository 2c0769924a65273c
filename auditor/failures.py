"""Why the system could not open or write a file, in the user's language."""

import errno

from auditor.i18n import _


def why(error: OSError) -> str:
    """The reason in words; the system's own for the rare ones."""
    reasons = {
        errno.ENOENT: _("there is no such file or folder"),
        errno.EACCES: _("there is no permission"),
        errno.EPERM: _("there is no permission"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("its folder is a file"),
        errno.ENOSPC: _("the disk is full"),
        errno.EROFS: _("the disk is read-only"),
        errno.ENAMETOOLONG: _("the name is too long"),
    }
    return reasons.get(error.errno or 0) or error.strerror or str(error)
