"""All that touches files: what a site is made from, what is remembered between builds, and the published tree."""
