"""`make bench`: the register against hand-written SQL and other designs, in one run on the same rows."""
