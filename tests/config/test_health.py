"""The two addresses a machine asks."""

import pytest
from django.conf import settings
from django.db import OperationalError, connection


def test_livez_touches_no_database(client):
    response = client.get("/livez")
    assert response.json() == {"status": "ok", "build": settings.BUILD}


@pytest.mark.django_db
def test_readyz_asks_the_database(client):
    assert client.get("/readyz").json() == {"status": "ok", "build": settings.BUILD}


@pytest.mark.django_db
def test_readyz_without_database_is_503(client, monkeypatch):
    def refuse():
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("address", ["/livez", "/readyz"])
def test_they_refuse_writing(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["10.0.0.7:8000", "[2001:db8::7]", "elsewhere.example", "no host at all"])
def test_they_answer_whatever_the_host_and_nothing_else_does(client, host):
    for address in ("/livez", "/readyz"):
        response = client.get(address, headers={"Host": host})
        assert (response.status_code, response.json()["status"]) == (200, "ok")
        assert host not in response.text
        assert host not in str(response.headers)
    for address in ("/", "/livez/", "/readyz/x", "/en/livez", "/nothing"):
        assert client.get(address, headers={"Host": host}).status_code == 400
