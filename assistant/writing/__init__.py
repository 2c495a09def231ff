"""A language model writes the answer: prompted, never trusted."""
