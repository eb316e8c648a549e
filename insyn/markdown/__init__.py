"""From a text written as Markdown to an article."""
