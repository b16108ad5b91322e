"""The demo: a fictional Amtsleitungstag, 70 minutes old, with something in every state."""
