"""What is whose, and by when: assignments of modules to people."""
