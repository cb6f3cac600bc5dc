"""Privacy as code: what Leer keeps of persons, what for, how long and who may see it.

``register`` is the one table of every field of every model; a field that is not in it fails the
tests. From it come the page *Mijn gegevens*, its export and the annex for the DPIA. ``looks``
keeps who saw personal data of others.
"""
