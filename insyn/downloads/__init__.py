"""Files to download: tables, workbooks, JSON, chart images and metadata."""
