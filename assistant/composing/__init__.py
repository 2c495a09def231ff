"""Stage 3: what was found, made into claims with their sources."""
