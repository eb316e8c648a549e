"""The form: a plan's front matter as fields and a grid, and what is done in them as edits of the plan's file."""
