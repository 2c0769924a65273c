"""A run that nobody watches: one at a time, on fresh exports, noticed where it does not happen."""
