"""Loads the texts of ``cursussen/inhoud`` into the CMS.

The story: every file is read and checked (``sources``, ``directives``, ``markdown``,
``shape``); one mistake anywhere and nothing is written. Then each text finds its page by its
key (``pages``): a page whose text did not change is left alone, and so is a page that an
editor changed since. What is new or changed is saved and published. The trusted door for
cases and policies is ``ApprovedPage.publish_loaded``; it leaves a line in the page's history.
"""
