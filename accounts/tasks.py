"""What the worker does about accounts, once a night."""

from procrastinate.contrib.django import app

from . import idle


@app.periodic(cron="11 4 * * *")
@app.task(name="accounts.idle", queue="jobs", queueing_lock="accounts.idle")
def idle_accounts(timestamp: int) -> None:
    """Erase accounts nobody came back to after the warning, and warn those nobody has used for two years."""
    idle.erase()
    idle.warn()
