"""What stands on the pages: rows of the read model made into words and shapes, without HTML and without I/O."""
