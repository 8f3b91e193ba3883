"""A machine that draws right declarations of ten sectors and puts one fault of a kind into each.

``drawing.draw`` makes a declaration from a seed; ``injectors.INJECTORS`` change it as staff go
wrong and say which rules are to find it and where; ``judging.judge`` compares that with what the
review says. Its material stands in ``material/`` in its own words and knows nothing of the rules.
"""
