"""A plan as a document on paper: from its finished page to a tagged PDF."""
