"""What follows from a plan's amounts by arithmetic: sums, results, ceilings, series over years."""
