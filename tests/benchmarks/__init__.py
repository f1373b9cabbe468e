"""How fast Samtidig is, always beside something plain that runs on the same machine in the same minutes.

Machines are shared and noisy: a ratio of two interleaved measurements says something, a time alone does not.
`make bench` runs all of it on a stack of its own.
"""
