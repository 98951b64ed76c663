"""The delivery engine: from a frozen run to an answer for every recipient, never skipped, never doubled.

claims    who holds which deliveries, and for how long
journal   what a connection was doing, so that nothing is guessed after a kill
compiled  a run's message, compiled once, filled per recipient
smtp      the pipelined client; outbox: its stand-in for development; transports: which one
replies   what a server's answer means
breaker   while the server is in trouble nobody's attempts are spent
batches   one claimed batch over one connection; results: what came of it; recovery: after a kill
slices    ten seconds of work, and the command line's way to do all of it
"""
