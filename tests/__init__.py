"""What Ratschlag promises, as sentences that run."""
