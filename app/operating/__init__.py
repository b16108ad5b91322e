"""Running an installation: backup and restore, a doctor, upgrades, retention."""
