"""Who is here and what they are told: sockets, channels, the beat and the doorbell."""
