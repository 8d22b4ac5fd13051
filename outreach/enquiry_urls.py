"""The addresses of this: writing to those behind an entry."""

from django.urls import path

from .views import enquiry_list, enquiry_threads, enquiry_write

urlpatterns = [
    path("write/<kind:kind>/<slug:slug>/", enquiry_write.write, name="write"),
    path("write/<kind:kind>/<slug:slug>/written/", enquiry_write.written, name="written"),
    path("enquiries/confirm/<str:token>/", enquiry_write.confirm, name="enquiry_confirm"),
    path("enquiries/asked/<str:token>/", enquiry_threads.asked, name="enquiry_asked"),
    path("enquiries/asked/<str:token>/no/", enquiry_threads.asked_decline, name="enquiry_asked_decline"),
    path("enquiries/asked/<str:token>/came/", enquiry_threads.asked_came, name="enquiry_asked_came"),
    path("enquiries/yours/<str:token>/", enquiry_threads.sender, name="enquiry_sender"),
    path("enquiries/yours/<str:token>/came/", enquiry_threads.sender_came, name="enquiry_sender_came"),
    path("account/enquiries/", enquiry_list.enquiries, name="enquiries"),
    path("account/enquiries/<int:number>/", enquiry_threads.on_site, name="enquiry"),
    path("account/enquiries/<int:number>/no/", enquiry_threads.decline, name="enquiry_decline"),
    path("account/enquiries/<int:number>/came/", enquiry_threads.came, name="enquiry_came"),
    path("account/enquiries/<int:number>/pass-on/", enquiry_threads.pass_on, name="enquiry_pass_on"),
]
