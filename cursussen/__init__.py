"""What is learned: Wagtail page types for modules, lessons, quizzes, scenarios and cases.

Pages do not know their readers. They render content; ``leer.delivery`` gates, plays and adds
the person's progress.
"""
