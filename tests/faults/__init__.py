"""Proof of the spine: a load of commands, processes that die in turn, and a checker that looks for what was lost.

`load` sends, `faults` hurts, `evidence` dumps what is in stores, topics and read model, `checker` compares (pure),
`waits` says how long each death was felt, `run` puts them together. In the manner of Jepsen's Kafka workload.

`make test` runs a short form; `python -m tests.faults --kills 50` the long one, on a stack of its own.
"""
