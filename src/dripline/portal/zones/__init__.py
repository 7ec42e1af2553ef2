"""What goes between sites of different zones: numbered, signed files, carried by hand and never over a line."""
