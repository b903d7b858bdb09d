"""nianbao: a bureau's year of data in, its statutory annual report out.

The rooms, each importing only from those named before it:

    the ground        errors paths findings wording reading statute lookup
    the report lane   params cells sheet intake report markdown placeholders sandbox narrative checks tables document starter
    the run lane      wire kernel engine fonts pdf pool press export store keys warm usage job batch verify
    the command       overview site lab progress cli
"""
