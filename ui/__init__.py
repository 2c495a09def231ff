"""People and programs: the command line and the conversation in a terminal."""
