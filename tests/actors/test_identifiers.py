"""The check digits of CVR numbers and ROR identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.identifiers import is_cvr, is_ror, plain_cvr, plain_ror
from actors.models import Actor


@pytest.mark.parametrize("number", ["55133018", "29189846", "31119103"])
def test_numbers_of_real_organisations_hold(number: str) -> None:
    assert is_cvr(number)


@pytest.mark.parametrize("number", ["", "55133019", "5513301", "551330188", "5513301x", "٥٥١٣٣٠١٨"])
def test_others_do_not(number: str) -> None:
    assert not is_cvr(number)


@given(st.integers(0, 7), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(place: int, more: int) -> None:
    digits = [int(digit) for digit in "55133018"]
    digits[place] = (digits[place] + more) % 10
    assert not is_cvr("".join(map(str, digits)))


@pytest.mark.parametrize("typed", ["55133018", "55 13 30 18", "DK-55133018", "dk 55.13.30.18"])
def test_a_number_is_read_however_it_is_parted(typed: str) -> None:
    assert plain_cvr(typed) == "55133018"


@pytest.mark.usefixtures("denmark")
def test_every_identifier_in_the_register_holds() -> None:
    found = Actor.objects.order_by().values_list("cvr", "ror")
    assert [cvr for cvr, _ror in found if cvr and not is_cvr(cvr)] == []
    assert [ror for _cvr, ror in found if ror and not is_ror(ror)] == []
    assert sum(1 for _cvr, ror in found if ror) > 50


@pytest.mark.parametrize(
    "typed",
    ["01aj84f44", "https://ror.org/01aj84f44", "ror.org/01AJ84F44/", " http://www.ror.org/01aj84f44 "],
)
def test_an_identifier_is_read_out_of_its_address(typed: str) -> None:
    assert plain_ror(typed) == "01aj84f44"
    assert is_ror(plain_ror(typed))


@pytest.mark.parametrize("wrong", ["", "01aj84f45", "11aj84f44", "01aj84f4", "01aj84l44", "01aj84f444"])
def test_a_wrong_identifier_is_noticed(wrong: str) -> None:
    assert not is_ror(wrong)
