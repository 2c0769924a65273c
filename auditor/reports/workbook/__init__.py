"""The report as a workbook for Excel: a sheet to print, a sheet per person, the clauses, the problems of the data."""
