"""Turns a plan's rendered page into a tagged PDF."""
