"""What is old."""


def is_old(name):
    return name.endswith(".old")
