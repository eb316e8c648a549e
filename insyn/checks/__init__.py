"""Do a plan's statements about itself hold? Each module covers one kind of statement."""
