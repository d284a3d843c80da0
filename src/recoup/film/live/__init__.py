"""Figure and motions for the live view in the page: glTF binaries, named by what they come from.

``order`` reads text alone; ``make`` needs the body, the solver and NumPy.
"""
