"""The article and what can be said about it, without any input or output.

Nothing here imports Flask, SQL, the network, threads, CTranslate2 or the operating system: every module turns
values into values, so each can be tested with a string and reused by the CLI, the worker and the web alike.
"""
