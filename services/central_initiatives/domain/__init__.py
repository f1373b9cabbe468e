"""The rules of central initiatives: the action plan of each year, and the initiatives in it."""
