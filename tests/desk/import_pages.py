"""A file of actors handed in through its page, and how tests read the pages of import."""

from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desk.models import Batch
from tests.pages import Node, read

HEADS = "Dansk navn;Type;Websted"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def handed_in(desk: Client, *rows: str, heads: str = HEADS, name: str = "liste.csv", **said: str) -> Batch:
    """A file of actors, handed in through its page."""
    file = SimpleUploadedFile(name, "\n".join([heads, *rows]).encode())
    form = {"holds": "actor", "source": "En liste", "file": file} | said
    response = desk.post("/desk/import/new/", form)
    assert response.status_code == 302, read(response).one("main").text
    return Batch.objects.latest("pk")


def path(batch: Batch, part: str = "") -> str:
    return f"/desk/import/{batch.pk}/{part}"


def shown(desk: Client, batch: Batch, **query: str) -> Node:
    return read(desk.get(path(batch), query))


def form_of(page: Node) -> dict[str, str]:
    """What the form of the rows would send, as a browser fills it."""
    form = page.by_id("rows-form")
    sent = {node.attrs["name"]: node.attrs.get("value", "") for node in form.all("input")}
    sent |= {node.attrs["name"]: node.text for node in form.all("textarea")}
    for node in form.all("select"):
        chosen = node.all("option", selected="") or node.all("option")
        sent[node.attrs["name"]] = chosen[0].attrs["value"]
    return sent


def numbers(page: Node) -> dict[str, int]:
    """The number beside each choice of rows."""
    found = (link.text.split(" ", 1) for link in page.by_id("import-numbers").all("a"))
    return {label: int(number) for number, label in found}


def verdicts(batch: Batch) -> Mapping[int, str]:
    return dict(batch.rows.values_list("number", "verdict"))
