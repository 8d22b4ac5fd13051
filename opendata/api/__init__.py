"""The API: what everybody may read of the register, with the filters of the lists."""

from .routes import api_urls
from .site import api

__all__ = ["api", "api_urls"]
