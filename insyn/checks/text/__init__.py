"""Is a text what its author meant? The Markdown parser's output is compared with the source lines.

Each module covers one kind of text. A check yields problems with the lines they concern. A line is reported once: the
first check in `checking` that matches it is the cause, and the consequences are left out.
"""
