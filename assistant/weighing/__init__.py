"""How likely a passage says what is asked, learned from questions with known answers."""
