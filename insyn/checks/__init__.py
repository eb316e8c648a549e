"""Does what a plan says about itself hold? Each module answers for one kind of statement."""
