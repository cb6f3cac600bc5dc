"""The Learning Record Store over HTTP: xAPI 1.0.3 and 2.0 under ``/xapi/``.

Apart from Django's views, since the protocol has rules of its own for every part of a request
(method in the query, headers in the body, answers to the byte) and must be fast: a request is
``http.Request``, an answer ``http.Response``, and ``handling.handle`` makes the one of the other.
"""
