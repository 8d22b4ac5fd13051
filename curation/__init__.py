"""Is it right, is it fresh, who looks after it: the register's records and how they are found."""
