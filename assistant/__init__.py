"""A conversation and a question → an Answer whose every claim is cited and checked."""
