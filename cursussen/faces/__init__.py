"""Faces and number plates in a picture: found by Leer, judged by an editor, and then gone."""
