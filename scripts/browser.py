"""Finds a Chromium for the tests, or installs one: Playwright's own, else Debian's package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> Path | None:
    """CHROMIUM from the environment, one on the path, or the one Playwright keeps."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    for name in ON_PATH:
        if found := shutil.which(name):
            return Path(found)
    with sync_playwright() as playwright:
        kept = Path(playwright.chromium.executable_path)
    return kept if kept.exists() else None


def install() -> None:
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts.append(["apt-get", "install", "-y", "--no-install-recommends", "chromium"])
    for command in attempts:
        print(f"No Chromium found; trying `{' '.join(command[-3:])}` …", flush=True)
        if subprocess.run(command, check=False, capture_output=True).returncode == 0:
            return


def main() -> None:
    if find() is None:
        install()
    if (browser := find()) is None:
        sys.exit(
            "The browser tests need Chromium and it could not be installed: sudo apt-get install chromium"
        )
    print(f"  ready  browser {browser}", flush=True)


if __name__ == "__main__":
    main()
