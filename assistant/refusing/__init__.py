"""Whether the report says what is asked: by rules, then by probability."""
