"""The selftest: an ordinary server, a bad network, kills under load, and a checker that believes rows alone."""
