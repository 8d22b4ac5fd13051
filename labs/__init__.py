"""Where PUSH meets PULL: living labs and their links."""
