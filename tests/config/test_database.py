"""Where the data is, and what is said when it is not there."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from config import database
from config.database import Unavailable, connection_settings, embedded_postgres, parse, socket_folder, url

BASE = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path):
    """Short enough for a socket on every system."""
    return tmp_path / "pg"


def test_an_address_becomes_settings(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://anna:secret@db.example:6000/register?sslmode=require")
    settings = connection_settings()
    assert settings["HOST"] == "db.example"
    assert settings["PORT"] == "6000"
    assert settings["NAME"] == "register"
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["connect_timeout"] == 3
    assert settings["CONN_MAX_AGE"] is None
    assert settings["CONN_HEALTH_CHECKS"] is True


def test_only_web_requests_have_a_statement_timeout(monkeypatch):
    monkeypatch.delenv("STEDKRAFT_WEB", raising=False)
    assert "statement_timeout" not in connection_settings()["OPTIONS"]["options"]
    monkeypatch.setenv("STEDKRAFT_WEB", "1")
    assert connection_settings()["OPTIONS"]["options"].endswith("-c statement_timeout=5000")


def test_options_in_the_address_are_kept(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone@localhost/x?options=-c%20work_mem%3D8MB")
    assert "-c work_mem=8MB" in connection_settings()["OPTIONS"]["options"]


@pytest.mark.parametrize("address", ["", "nonsense", "mysql://root@localhost/x", "postgresql://[/x"])
def test_an_address_that_is_none_is_one_sentence(address):
    with pytest.raises(Unavailable) as problem:
        parse(address)
    assert str(problem.value).startswith("DATABASE_URL")
    assert "\n" not in str(problem.value)


def test_a_server_that_refuses_is_one_sentence_without_the_password(monkeypatch):
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        port = nobody_listens.getsockname()[1]
        monkeypatch.setenv("DATABASE_URL", f"postgresql://anna:secret@127.0.0.1:{port}/register")
        with pytest.raises(Unavailable) as problem:
            database.check_reachable()
    assert str(port) in str(problem.value)
    assert "secret" not in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="cannot be written"), embedded_postgres(tmp_path / "file" / "pg"):
        pass


def test_the_socket_finds_a_short_place(tmp_path):
    deep = tmp_path / ("x" * 120) / "pg"
    assert socket_folder(deep) != deep
    assert len(str(socket_folder(deep) / ".s.PGSQL.5432")) <= database.LONGEST_SOCKET


def test_a_second_command_shares_the_server_unless_it_must_own_it(folder):
    with embedded_postgres(folder, safe=False) as owner:
        with embedded_postgres(folder) as guest:
            assert guest.process is None
        with pytest.raises(Unavailable, match="Another command"), embedded_postgres(folder, share=False):
            pass
        assert owner.running
    assert not owner.running


def test_data_survives_a_killed_server(folder):
    with embedded_postgres(folder) as server:
        with psycopg.connect(url(folder)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        server.start()
        with psycopg.connect(url(folder)) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (1,)


def test_the_server_ends_with_a_killed_owner(folder):
    """Linux tells it; the next start then finds the data in order."""
    script = (
        "import sys, time; from pathlib import Path; from config.database import embedded_postgres\n"
        "with embedded_postgres(Path(sys.argv[1]), safe=False) as server:\n"
        "    print(server.process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, folder], stdout=subprocess.PIPE, cwd=BASE) as owner:
        server = int(owner.stdout.readline())
        owner.kill()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{server}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{server}").exists()
    with embedded_postgres(folder, safe=False) as again:
        assert again.running
