"""What a reader does with what is found: keeps it, compares it, follows a search, writes to its owner."""
