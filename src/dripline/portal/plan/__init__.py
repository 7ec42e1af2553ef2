"""The cockpit: how each measure of a plan stands and why, what its units write, and the documents that show it."""
