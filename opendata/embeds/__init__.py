"""Parts of the register in frames on other people's pages: a map, a list, an entry, a place."""
