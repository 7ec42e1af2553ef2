"""Who did what, when and for which purpose: written with the deed, then sealed into a chain (architecture, 14)."""
