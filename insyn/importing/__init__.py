"""From a document that others have made to a draft of a plan: no figure is taken in silence that may be wrong."""
