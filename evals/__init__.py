"""Evaluation and benchmarks: numbers that tell whether a change made the assistant worse."""
