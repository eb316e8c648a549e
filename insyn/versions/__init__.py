"""The versions of a year's plan: what is known of each, which applies, and where each stands."""
