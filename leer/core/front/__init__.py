"""The door of the web process: takes in a whole request before it costs a thread.

Django works in threads, and there are few. A client that sends its request a byte at a time
would hold one for as long as it likes, and eight such clients the whole of Leer. So requests
are taken in by granian's event loop, where waiting costs nothing, and go to a thread when they
are complete. See ``docs/decisions/0015-front.md``.
"""
