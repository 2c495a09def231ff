"""Collected citations, written for a draft: Word, Markdown, plain text."""
