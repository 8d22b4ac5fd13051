"""PULL-spejlet as those who look after a lab keep it: begun, answered by two, finished, shown or not."""
