"""A small toolbox that knows no domain: background work, embedded run, health, the frame."""
