"""Delivery: who is told of a night, in what words, by which ways, and what became of each message."""
