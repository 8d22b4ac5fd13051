"""How much waits where, how fast it was answered, and what nobody looks after; for those who review alone."""
