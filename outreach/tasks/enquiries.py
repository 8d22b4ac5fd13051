"""What time does to enquiries: every hour what nobody confirmed goes, and once a day the rest is seen to."""

from procrastinate.contrib.django import app

from ..enquiries import clock


@app.periodic(cron="27 * * * *")
@app.task(name="outreach.drop_unconfirmed", queue="jobs", queueing_lock="outreach.drop_unconfirmed")
def drop_unconfirmed(timestamp: int) -> None:
    """Delete what strangers wrote and did not confirm within three days."""
    clock.drop_unconfirmed()


@app.periodic(cron="7 6 * * *")
@app.task(name="outreach.see_to_enquiries", queue="jobs", queueing_lock="outreach.see_to_enquiries")
def see_to_enquiries(timestamp: int) -> None:
    """Remind of what waits, ask what came of it, close what was asked, forget what was closed."""
    clock.remind_of_what_waits()
    clock.ask_what_came_of_all()
    clock.close_what_was_asked()
    clock.forget_what_was_closed()
