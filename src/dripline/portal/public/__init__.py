"""What everybody may read: what the site is, what has been released, and what every figure means."""
