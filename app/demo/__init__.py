"""The demo: a fictional Amtsleitungstag, more than two hours old, with something in every state."""
