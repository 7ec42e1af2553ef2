"""What every figure, rule, column and policy number means: pages for reading, and the search over them."""
