"""The benchmark: what Ratschlag costs, as ratios to bare references that run in the same minute on the same machine."""
