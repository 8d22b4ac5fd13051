"""How an entry is kept: registered, edited, suggested to, claimed, asked after; whose it is."""
