"""The domain: the record, the room and the kinds of activity. Pure; no clock, no chance, no I/O."""
