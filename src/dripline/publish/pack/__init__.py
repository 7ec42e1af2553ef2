"""The monthly pack (FN 15): the bulletin, tables, reconciliation and a file for each bank, in one folder of a month."""
