"""Bare references, each a whole server with default options in at most forty lines: `python NAME.py PORT`."""
