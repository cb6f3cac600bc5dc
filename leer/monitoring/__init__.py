"""Following how far people are, within what each role may know; and reminding them kindly."""
