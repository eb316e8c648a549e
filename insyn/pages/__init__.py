"""Turns plans and charts into views: complete values that templates only lay out."""
