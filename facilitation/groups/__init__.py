"""Groups (Kleingruppen): who works with whom on what, until when, and what came of it."""
