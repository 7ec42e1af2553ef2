"""The site: where the branch, departments, banks and enterprises do the work. Nothing outside this room imports it."""
