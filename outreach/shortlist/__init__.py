"""What a reader keeps: kept before log-in, too, compared, shared by a link, taken along."""
