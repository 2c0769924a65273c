"""The history as a page and as a workbook, each with charts and the numbers that they draw."""
