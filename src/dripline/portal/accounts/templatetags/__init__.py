"""Tags of the login."""
