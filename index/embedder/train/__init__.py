"""Word vectors from plain text, without torch."""
