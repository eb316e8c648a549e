"""Reads the text of files into plans, förbund and settings, and reports every fault."""
