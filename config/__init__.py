"""Settings, database, the supervisor behind `make run`, addresses: running, and nothing about labs."""
