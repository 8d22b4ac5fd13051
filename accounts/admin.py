"""People for those who keep the register."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _

from .models import User

RIGHTS = ("is_active", "is_curator", "is_staff", "is_superuser", "groups", "user_permissions")
LIFE = ("date_joined", "last_login", "idle_warned_at", "erased_at")


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
    list_display = ("email", "name", "is_curator", "is_staff", "is_active", "erased_at")
    list_filter = ("is_curator", "is_staff", "is_superuser", "is_active")
    search_fields = ("email", "name")
    readonly_fields = LIFE
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "language")}),
        (_("Life of the account"), {"fields": LIFE}),
        (_("Rights"), {"fields": RIGHTS}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)


# One way in for everybody, with its throttles and second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
