"""What an address tells of an organisation."""

import pytest

from actors.domains import domain_of, is_public, lies_within, within


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("anna@aarhus.dk", "aarhus.dk"),
        ("Anna@AARHUS.DK", "aarhus.dk"),
        ("anna@mbu.aarhus.dk.", "mbu.aarhus.dk"),
        ("anna@gmail.com", ""),
        ("anna@Hotmail.dk", ""),
        ("anna@proton.me", ""),
        ("two@at@aarhus.dk", "aarhus.dk"),
    ],
)
def test_a_public_mail_domain_tells_nothing(address: str, domain: str) -> None:
    assert domain_of(address) == domain


def test_a_department_lies_within_its_municipality() -> None:
    assert within("x.mbu.aarhus.dk") == ["x.mbu.aarhus.dk", "mbu.aarhus.dk", "aarhus.dk"]
    assert within("") == []


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("anna@aarhus.dk", True),
        ("anna@mbu.aarhus.dk", True),
        ("anna@evil-aarhus.dk", False),
        ("anna@aarhus.dk.evil.example", False),
        ("aarhus.dk@example.org", False),
        ("anna@gmail.com", False),
    ],
)
def test_only_the_end_of_the_domain_counts(address: str, inside: bool) -> None:
    assert lies_within(address, "aarhus.dk") is inside


def test_nobody_is_within_a_top_domain_or_a_public_one() -> None:
    assert not lies_within("anna@aarhus.dk", "dk")
    assert not lies_within("anna@gmail.com", "gmail.com")
    assert is_public("GMAIL.com.")


@pytest.mark.parametrize("suffix", ["co.uk", "ac.uk", "gov.uk", "com.au", "co.nz"])
def test_a_suffix_anybody_can_register_below_is_public(suffix: str) -> None:
    assert is_public(suffix)
    assert not lies_within(f"anna@somewhere.{suffix}", suffix)
    assert lies_within(f"anna@somewhere.{suffix}", f"somewhere.{suffix}")
