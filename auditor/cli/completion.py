"""`auditor completion`: what a shell needs to complete commands and options."""

from auditor.choices import one_of
from auditor.cli.errors import UsageError

VARIABLE = "_AUDITOR_COMPLETE"
SHELLS = ("bash", "zsh", "fish", "powershell")


def completion(shell: str) -> int:
    """Print the script for a shell. Raises UsageError with the nearest name."""
    from typer._completion_shared import get_completion_script  # typer tells it by an option of its own alone

    try:
        known = one_of(*SHELLS)(shell)
    except ValueError as error:
        raise UsageError(str(error)) from None
    print(get_completion_script(prog_name="auditor", complete_var=VARIABLE, shell=known))
    return 0
