"""Whole days in and out: workshop-event-scripts are imported, played, compared and exported."""
