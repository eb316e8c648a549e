"""The pages and files of a site, and the dependencies of each."""
