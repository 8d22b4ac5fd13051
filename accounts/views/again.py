"""Back after the session had run out while somebody wrote."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..interrupted import kept


@require_safe
@never_cache
def again(request: HttpRequest) -> HttpResponse:
    """Shows what was typed, to be sent once more; nothing of it has been saved."""
    found = kept(request)
    if found is None:
        return redirect("keeping:home")
    fields = [(name, value) for name, values in found["fields"] for value in values]
    context = {
        "path": found["path"],
        "fields": fields,
        "typed": [value for _name, value in fields if " " in value.strip()],
    }
    return render(request, "accounts/again.html", context)
