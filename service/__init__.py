"""Alihbahasa: a self-hosted translation desk for publishers."""

__version__ = "0.1.0"
