"""People for those who keep the register."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _

from .models import User


class PersonCreationForm(AdminUserCreationForm):
    """A person begins with an e-mail address."""

    class Meta:
        model = User
        fields = ("email",)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People by e-mail address."""

    add_form = PersonCreationForm
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "is_active")
    search_fields = ("email", "name")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "language")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)
