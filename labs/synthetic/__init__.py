"""Entries nobody has, for benchmarks only: as many as wanted, shaped like the real ones."""
