"""Between a running database and a served page: migrations, Denmark's data once, accounts to try."""

import os
import sys

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print("Bringing the database up to date …", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    print("Loading Denmark's data, unless it is there …", flush=True)
    call_command("load_denmark", if_empty=True)
    if "--accounts" in sys.argv:
        call_command("make_local_accounts")
    else:
        print("No accounts are made in your own database; `manage.py createsuperuser` makes one.", flush=True)
    if settings.LOCAL_MAIL:
        print(f"Mails are not sent but kept, to be read at {settings.BASE_URL}/mail/", flush=True)


if __name__ == "__main__":
    main()
