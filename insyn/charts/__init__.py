"""Charts: what they say, what they show and how they are drawn."""
