"""A live preview: what is saved is seen at once, with every problem at its place."""
