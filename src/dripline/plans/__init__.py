"""Plans: what was set, by which document, and how far it is (FN 14)."""
