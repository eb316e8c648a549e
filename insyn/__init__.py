"""Insyn: plans with budgets, written as Markdown with YAML front matter, become an accessible site."""
