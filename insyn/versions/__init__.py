"""The versions of a year's plan: the facts of each, which one applies, and the address of each."""
