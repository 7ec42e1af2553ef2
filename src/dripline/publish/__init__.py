"""What leaves the program on paper and in files: the monthly pack, tables, structures and data."""
