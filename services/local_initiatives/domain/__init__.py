"""The rules of sectors, agencies and local initiatives: one module for each kind of stream."""
