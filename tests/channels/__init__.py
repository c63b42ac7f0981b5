"""Channels against real files, FIFOs and a real server."""
