"""Teams, job functions and who was where when; and the importer that brings them in."""
