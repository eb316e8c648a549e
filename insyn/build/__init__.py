"""The incremental build: makes what is stale, and publishes it."""
