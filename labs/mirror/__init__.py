"""What PULL-spejlet shows: answers in, results and pictures out, and which runs everybody may read."""
