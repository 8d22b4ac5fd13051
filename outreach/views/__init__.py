"""The pages of what a reader keeps and writes."""
