"""A plan's own workbook that comes back: what was changed in it, and nothing else, goes into the plan.

identity    which plan and version a workbook is of
sheets      the workbook's lines, by the ids that they were given
comparing   the lines against the plan's → changes, and what isn't taken
operations  changes → edits of the plan's file
story       all of it, held to what was meant before it is written
telling     what the terminal says
"""
