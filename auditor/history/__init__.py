"""Nights: what each audit found, kept and compared with the one before."""
