"""The addresses of registering an entry."""

from django.urls import path

from .views import picking, register, resuming

urlpatterns = [
    path("register/", register.choose, name="register"),
    path("register/find/<slug:kind>/<slug:step>/<slug:field>/", picking.find, name="find"),
    path("register/continue/<str:token>/", resuming.resume, name="resume_draft"),
    path("register/<slug:kind>/", register.begin, name="begin"),
    path("register/<slug:kind>/<slug:key>/", register.go_on, name="draft"),
    path("register/<slug:kind>/<slug:key>/check/", register.check, name="check"),
    path("register/<slug:kind>/<slug:key>/preview/", register.preview, name="preview"),
    path("register/<slug:kind>/<slug:key>/later/", resuming.later, name="later"),
    path("register/<slug:kind>/<slug:key>/<slug:step>/", register.step, name="step"),
]
