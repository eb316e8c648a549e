"""Is a text what its author meant? What the Markdown parser made of it is held against the lines as they are written.

Each module answers for one kind of text. A check yields problems with the lines that they concern, and a line is told
of once: what comes first in `checking` is the cause, what follows from it isn't told.
"""
