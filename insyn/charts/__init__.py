"""Charts: words, figures and drawings."""
