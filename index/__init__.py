"""Passages → terms and vectors → a snapshot on disk → Hits for a question."""
