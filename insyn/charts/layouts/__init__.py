"""Where everything in a drawing stands, one module for each form. Figures and styles go in, sketches come out."""
