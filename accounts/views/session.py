"""Logging in and out, and what the register knows of the one who is."""

from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..forms import LoginForm

login = login_not_required(
    require_http_methods(["GET", "HEAD", "POST"])(
        views.LoginView.as_view(
            template_name="accounts/login.html",
            authentication_form=LoginForm,
            redirect_authenticated_user=True,
        )
    )
)
logout = require_POST(views.LogoutView.as_view())


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and the ways on."""
    return render(request, "accounts/account.html")
