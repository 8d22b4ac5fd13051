"""What tests of mail share."""

from tests.mail_fixtures import letters, no_jobs, work

__all__ = ["letters", "no_jobs", "work"]
