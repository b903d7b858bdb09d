"""nianbao: a bureau's year of data in, its statutory annual report out.

The rooms, each importing only from those above it::

    errors paths findings wording statute params intake report narrative checks tables document   (the report lane)
    engine export batch site cli                                                                  (the run lane)
"""
