"""Files in: unpacked within bounds, read exactly, typed, and checked; what is wrong comes back as findings."""
