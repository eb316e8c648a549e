"""The incremental build: makes everything that is stale, and publishes it."""
