"""The partner finder: what is asked, who could answer, how well they fit and why."""
