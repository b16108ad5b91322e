"""Forming groups (Kleingruppen bilden): who sits with whom, worked out beside the record and proposed to it."""
