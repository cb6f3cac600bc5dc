"""The score, in plain Python: levels and weights in, score and band out.

``algorithm`` reads the one data file, ``score`` works it out, ``window`` says how long a signal
counts and ``stability`` how firm the order is when the weights move.
"""
