"""The chat page: a conversation beside the report, in a browser on this machine."""
