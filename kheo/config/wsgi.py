"""The WSGI application granian serves: Django inside its layers, the outermost last."""

from __future__ import annotations

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kheo.config.settings")
django = get_wsgi_application()

from kheo.config import pages  # noqa: E402 - needs Django's settings
from kheo.visits.middleware import beacon  # noqa: E402

# Python lets another thread in every 5 ms; a page from the store needs 20 µs and would wait that long
# behind each page of the desk that is being rendered in the same process.
sys.setswitchinterval(0.0002)

application = beacon.layer(pages.store(django))
