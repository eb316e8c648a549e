"""From a plan's rendered page to a tagged PDF."""
