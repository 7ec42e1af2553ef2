"""How fast: checks from files, and a compile of many indicators, each against a stated floor or rival."""
