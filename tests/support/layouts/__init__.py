"""A machine that draws declarations in the layouts of many places, and knows what it drew.

``drawing.draw`` makes a file's pages from a seed, ``files.write`` writes them in a format, and
``scoring.score`` compares what is read with what was drawn. Every choice hangs on the seed and the
name of its feature alone, so a draw that is read wrongly can be made plainer feature by feature
(:mod:`.shrinking`) until only what the reader does not understand is left.
"""
