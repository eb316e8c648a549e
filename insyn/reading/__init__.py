"""From a file's text to plans, förbund and settings, with every fault noted."""
