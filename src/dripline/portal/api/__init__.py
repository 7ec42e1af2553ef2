"""The interface for programs: tokens of institutions, and what may be asked and handed over with one."""
