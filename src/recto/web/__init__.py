"""The server of the viewer: filings that are open, their descriptions part by part, and an API of the same as JSON."""

from recto.web.app import create_app
from recto.web.listening import listen
from recto.web.shelf import Shelf

__all__ = ["Shelf", "create_app", "listen"]
