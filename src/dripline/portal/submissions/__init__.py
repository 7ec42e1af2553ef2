"""What institutions hand over each month: upload, check, explanation, review, acceptance, and who owes what when."""
