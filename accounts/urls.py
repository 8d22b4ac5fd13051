"""The addresses of logging in and out."""

from django.urls import path

from .views import session

app_name = "accounts"

urlpatterns = [
    path("account/", session.account, name="account"),
    path("account/login/", session.login, name="login"),
    path("account/logout/", session.logout, name="logout"),
]
