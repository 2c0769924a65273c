"""How long reading and auditing take, in units of the fastest plain read of the same files."""
