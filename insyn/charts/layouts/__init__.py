"""Layouts: figures and styles to sketches, one module per form. Lengths are in units."""
