from bench.figure import Figure
def measure():
    return []
