"""Word files: the one place that knows their format."""
