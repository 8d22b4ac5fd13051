"""One place's page: what its leaders ask of it, from the records of the place."""
