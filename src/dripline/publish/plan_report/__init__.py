"""The progress report of a plan (进展报告): every measure with its words, status, reasons and what its units say."""
