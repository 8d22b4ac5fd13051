"""Entries that look like one: found in the background, weighed, and put on the desk."""
