"""How hard a text is to read, by plain measures of Dutch. Told in the form; nothing is refused."""
