"""What drills share: `make drills` runs them long, `make test` briefly."""

from tests.mail_fixtures import letters, no_jobs

__all__ = ["letters", "no_jobs"]
