"""Template tags any app may use for what belongs to places."""
