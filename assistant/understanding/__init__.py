"""Stage 1: what is asked, in the words of the reports and against the conversation."""
