"""From plans and charts to what each page shows: complete values that templates only lay out."""
