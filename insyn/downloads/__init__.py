"""Files that others calculate with: tables, a workbook, the whole plan as JSON, and what describes them."""
