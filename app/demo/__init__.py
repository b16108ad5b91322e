"""The demo: a fictional Amtsleitungstag, two hours old, with something in every state."""
