"""The delivery engine: from a frozen run to an answer for every recipient, never skipped, never doubled.

claims    who holds which deliveries, and for how long
journal   what a connection was doing, so that nothing is guessed after a kill
compiled  a frozen message, compiled once, filled per recipient; parts: its MIME parts; gaps: what is filled in
smtp      the pipelined client; outbox: its stand-in for development; transports: which one
replies   what a server's answer means
breaker   while the server is in trouble nobody's attempts are spent
lookout   who may still be written to, asked for all connections of a process at once
batches   one claimed batch over one connection; results: what came of it; recovery: after a kill
lanes     two batches a connection: one goes out while the other's results are written
slices    ten seconds of work; everything: the command line's way to do all of it, a process per core
"""
