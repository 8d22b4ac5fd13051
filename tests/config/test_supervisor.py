"""What `make run` says when it cannot start, and that it leaves nothing behind when it ends."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]


def supervisor(*arguments, **environment):
    """Run to its end; the answer is its exit code and what it said."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PORT")}
    command = [sys.executable, "-m", "config.supervisor", *map(str, arguments)]
    result = subprocess.run(
        command, cwd=BASE, env=kept | environment, capture_output=True, text=True, check=False, timeout=60
    )
    return result.returncode, (result.stdout + result.stderr).strip()


def test_a_port_in_use_is_one_sentence():
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as other:
        port = other.getsockname()[1]
        code, said = supervisor(PORT=str(port))
    assert code == 1
    assert said.startswith(f"Port {port} cannot be used (address already in use)")
    assert "\n" not in said


@pytest.mark.parametrize("port", ["0", "70000", "web", "-1"])
def test_a_port_that_is_none_is_one_sentence(port):
    code, said = supervisor(PORT=port)
    assert code == 1
    assert said == f"PORT is {port!r}, but must be a number from 1 to 65535."


@pytest.mark.parametrize("address", ["nonsense", "mysql://root@localhost/x"])
def test_a_wrong_database_url_is_one_sentence(address):
    code, said = supervisor("run", "true", DATABASE_URL=address)
    assert code == 1
    assert said == "DATABASE_URL must look like postgresql://user:password@host:5432/name."


def test_a_database_nobody_serves_is_one_sentence():
    code, said = supervisor("run", "true", DATABASE_URL="postgresql://anna:secret@127.0.0.1:1/register")
    assert code == 1
    assert said.startswith("DATABASE_URL names a server at 127.0.0.1, port 1 that cannot be used: ")
    assert "secret" not in said
    assert "\n" not in said


def test_a_command_gets_a_database_and_its_exit_code_is_kept(tmp_path):
    question = "import os, sys, psycopg; psycopg.connect(os.environ['DATABASE_URL']).close(); sys.exit(7)"
    code, said = supervisor("run", "--data", tmp_path / "pg", "--", sys.executable, "-c", question)
    assert code == 7, said
    assert not (tmp_path / "pg" / "postmaster.pid").exists()


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_command_and_the_database(tmp_path, word):
    command = [sys.executable, "-m", "config.supervisor", "run", "--data", tmp_path / "pg", "--"]
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    wait = "import time; print('ready', flush=True); time.sleep(60)"
    with subprocess.Popen(
        [*command, sys.executable, "-c", wait], cwd=BASE, env=kept, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout.readline() == "ready\n"
        running.send_signal(word)
        assert running.wait(15) == 0
        assert running.stdout.read().strip() == "Stopped."
    assert not (tmp_path / "pg" / "postmaster.pid").exists()
