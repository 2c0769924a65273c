"""What developers run; not part of the installed program."""
