"""A customer at the desk: one page with all that ever was between us, whichever channel it came by."""
