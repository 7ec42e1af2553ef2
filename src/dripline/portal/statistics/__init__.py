"""Figures: a table and its chart, what they mean, the way down to rows, and why two of them differ."""
