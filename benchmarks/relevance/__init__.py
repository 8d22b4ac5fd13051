"""Is what search finds what was meant? Judged queries over real entries, and what two rivals find."""
