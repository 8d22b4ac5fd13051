"""`make_local_accounts`: three people to try the register as, made once."""

import stat
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from pytest_django import Settings

from accounts.models import User
from actors.access import standing
from tests import factories

pytestmark = pytest.mark.django_db

EMAILS = ["admin@example.dk", "curator@example.dk", "employee@aarhus.example"]


@pytest.fixture(autouse=True)
def file(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    return tmp_path / "var" / "accounts.txt"


def make() -> list[str]:
    out = StringIO()
    call_command("make_local_accounts", stdout=out)
    return out.getvalue().splitlines()


def passwords(lines: list[str]) -> dict[str, str]:
    return dict(line.split() for line in lines)


def test_the_passwords_are_told_once_and_kept_for_the_owner_of_the_file(file: Path) -> None:
    *told, where = make()
    assert file.read_text(encoding="utf-8").splitlines() == told
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert where == f"The passwords are kept in {file}."
    assert sorted(passwords(told)) == EMAILS
    assert len(set(passwords(told).values())) == 3
    for email, password in passwords(told).items():
        assert User.objects.get(email=email).check_password(password)


def test_the_second_time_says_where_they_are(file: Path) -> None:
    make()
    kept = file.read_text(encoding="utf-8"), set(User.objects.values_list("email", "password"))
    assert make() == [f"The local accounts exist; their passwords are in {file}."]
    assert (file.read_text(encoding="utf-8"), set(User.objects.values_list("email", "password"))) == kept


def test_a_missing_account_is_made_again_and_added_to_the_file(file: Path) -> None:
    make()
    User.objects.filter(email="employee@aarhus.example").delete()
    told, _where = make()
    assert told.startswith("employee@aarhus.example  ")
    assert file.read_text(encoding="utf-8").splitlines()[-1] == told
    assert len(file.read_text(encoding="utf-8").splitlines()) == 4


def test_their_addresses_are_confirmed_also_those_of_accounts_made_before() -> None:
    make()
    EmailAddress.objects.filter(email="employee@aarhus.example").delete()
    make()
    confirmed = EmailAddress.objects.filter(verified=True, primary=True)
    assert sorted(confirmed.values_list("email", flat=True)) == EMAILS


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("kept", ["", "aarhus.dk"])
def test_the_employee_can_register_in_the_name_of_the_municipality(kept: str) -> None:
    aarhus = factories.actor("Aarhus Kommune", email_domain=kept)
    other = factories.actor("Odense Kommune")
    make()
    employee = User.objects.get(email="employee@aarhus.example")
    aarhus.refresh_from_db()
    assert aarhus.email_domain == (kept or "aarhus.example")
    assert standing(employee).colleague_of == (frozenset() if kept else {aarhus.pk})
    other.refresh_from_db()
    assert other.email_domain == ""


def test_who_may_do_what() -> None:
    make()
    admin, curator, employee = User.objects.filter(email__in=EMAILS).order_by("email")
    assert (admin.is_superuser, curator.is_superuser, employee.is_superuser) == (True, False, False)
    assert (admin.is_staff, curator.is_staff, employee.is_staff) == (True, True, False)
    assert (admin.is_curator, curator.is_curator, employee.is_curator) == (False, True, False)
    assert employee.get_all_permissions() == set()
    may = curator.get_all_permissions()
    assert {"places.change_place", "curation.add_theme", "actors.view_actor", "missions.add_mission"} <= may
    assert {"labs.add_lab", "labs.change_link", "labs.view_labevent"} <= may
    assert not [name for name in may if ".delete_" in name]
    assert not [name for name in may if name.startswith("accounts.")]
    assert not {"labs.add_labevent", "labs.change_labevent"} & may
