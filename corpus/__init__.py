"""A report on disk → Report → Section tree → Passages, the smallest citable places."""
