"""The whole register as one file: tables as JSON lines and CSV, what columns mean, licence and sources."""
