"""Sent by two requests at once it is sent once."""

import threading

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from actors.models import Actor
from curation.models import RecordEvent
from keeping import actions
from labs.models import Lab
from mail.models import Message
from tests import factories as make
from tests.keeping.registering import AARHUS, NEW, verified, whole


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("empty")
def test_two_at_once_send_once(client: Client) -> None:
    author = verified(User.objects.create_user("racer@example.org", "correct horse battery"))
    client.force_login(author)
    make.place("Aarhus", code=AARHUS, latitude=56.15674, longitude=10.21076)
    for slug in ("ageing", "culture"):
        make.theme(slug, slug=slug)
    draft = whole(client, who=NEW)
    together, found = threading.Barrier(2), []

    def send() -> None:
        together.wait()
        found.append(actions.send(draft, by=author).pk)
        connection.close()

    threads = [threading.Thread(target=send) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 2
    assert len(set(found)) == 1
    assert Lab.objects.count() == 1
    assert Actor.objects.count() == 1
    assert RecordEvent.objects.filter(record=found[0]).count() == 1
    assert Message.objects.count() == 1
