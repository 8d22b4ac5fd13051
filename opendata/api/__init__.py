"""The API: what everybody may read of the register, with the filters of the lists."""

from .routes import api, api_urls

__all__ = ["api", "api_urls"]
