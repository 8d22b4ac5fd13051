"""The addresses of what somebody's systems may do: tokens, and webhooks that tell of changes."""

from django.urls import path

from .views import tokens, webhooks

app_name = "opendata_account"

urlpatterns = [
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/new/", tokens.make, name="make_token"),
    path("account/tokens/<int:number>/revoke/", tokens.revoke, name="revoke_token"),
    path("account/webhooks/", webhooks.webhooks, name="webhooks"),
    path("account/webhooks/new/", webhooks.make, name="make_webhook"),
    path("account/webhooks/<int:number>/", webhooks.webhook, name="webhook"),
    path("account/webhooks/<int:number>/secret/", webhooks.secret, name="webhook_secret"),
    path("account/webhooks/<int:number>/test/", webhooks.test, name="test_webhook"),
    path("account/webhooks/<int:number>/end/", webhooks.end, name="end_webhook"),
    path("account/webhooks/<int:number>/again/<uuid:delivery>/", webhooks.again, name="send_again"),
]
