"""An incremental build: what is stale is made, and published."""
