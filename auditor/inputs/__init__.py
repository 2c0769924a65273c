"""Files become canonical tables."""
