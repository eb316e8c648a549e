"""All file access: content, materials, the caches between builds, and the output folder."""
