"""The learner's pages, one file per subject. Getting a page never writes anything about
its reader.
"""
