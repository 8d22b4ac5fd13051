"""The entry point of the production server."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from config.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

if os.environ.get("STEDKRAFT_WEB"):  # a worker of the supervisor's server: no orphan may hold the port
    die_with_parent(signal.SIGKILL)

application = get_wsgi_application()
