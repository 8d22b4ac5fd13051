"""The mails of one's own machine; where mail is really sent there are no such addresses."""

from django.conf import settings
from django.urls import path

from mail import views

app_name = "mail"

PAGES = [
    path("mail/", views.inbox, name="inbox"),
    path("mail/<str:name>/", views.mail, name="mail"),
]
urlpatterns = PAGES if settings.LOCAL_MAIL else []
