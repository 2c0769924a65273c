"""A deal's timeline, or a person's day, with its duties: on a terminal, as a page, for a chat, and as JSON."""
