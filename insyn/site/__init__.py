"""The pages and files of a site, and what each depends on."""
