"""Which pages and files a site has, and what decides each."""
