"""Filings for language models, over the Model Context Protocol (`recto mcp`)."""

from recto.mcp.server import create_server

__all__ = ["create_server"]
