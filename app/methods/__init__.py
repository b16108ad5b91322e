"""Methods (Methoden): chains of steps with sample texts that somebody at the desk takes over into the agenda.

One file each, beside this one: deploy/docs/methods.md says what stands in them.
"""
