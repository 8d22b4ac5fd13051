"""Sending a page's form as a browser would: everything it holds, with what somebody has typed over it."""

from typing import Any

from django.test import Client

from tests.pages import Node, read


def form_of(page: Node) -> dict[str, Any]:
    """What a browser would send of the page's last form as it stands, no button pressed."""
    sent: dict[str, Any] = {}
    for node in page.all("form")[-1]:
        name = node.attrs.get("name", "")
        if not name or node.tag == "button":
            continue
        if node.tag == "textarea":
            text = "".join(child for child in node.children if isinstance(child, str))
            sent[name] = text.removeprefix("\n")
        elif node.tag == "select":
            chosen = [option for option in node.all("option") if "selected" in option.attrs]
            sent[name] = chosen[0].attrs.get("value", "") if chosen else ""
        elif node.attrs.get("type") not in ("checkbox", "radio") or "checked" in node.attrs:
            sent.setdefault(name, []).append(node.attrs.get("value", ""))
    return sent


def sends(client: Client, path: str, **typed: Any) -> Any:
    """Open a page, type, and send its form."""
    return client.post(path, form_of(read(client.get(path))) | typed)
