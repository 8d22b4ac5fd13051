"""What for: shared directions and the coalitions that carry them."""
