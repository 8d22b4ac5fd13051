"""Who: the organisations, and how they belong together."""
