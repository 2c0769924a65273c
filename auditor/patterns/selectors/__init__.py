"""Which moments of a deal's life are meant."""
