"""Organisations as a dated tree, people and their posts, and the one place that scopes what they see."""
