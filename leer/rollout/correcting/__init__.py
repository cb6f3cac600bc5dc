"""What was given or recorded by mistake is put right by another fact; nothing is deleted."""
