"""Tags of the design language."""
