"""Graphs for the benchmarks: a dictionary of names to the names that each needs, every name after those it needs."""
import json
import os
import pathlib
import random

# Nodes and edges of each level (the length of the longest chain to it) of two distributions of software, without the few edges that close
# a cycle: a ports tree (10 388 packages, of which a few thousand need the same compilers) and an Alpine-like one (2 972, mostly flat).
SHAPES = {
    "ports": (
        [951, 378, 198, 323, 161, 143, 91, 83, 120, 163, 268, 635, 758, 342, 489, 413, 449, 670, 485, 278, 242, 259, 263, 140, 305, 507, 224,
         202, 151, 143, 118, 92, 53, 33, 15, 45, 98, 36, 12, 14, 7, 3, 6, 3, 5, 5, 5, 1, 2, 1],
        [0, 475, 355, 605, 532, 434, 299, 324, 446, 732, 1227, 2205, 2515, 1488, 1981, 2101, 2397, 2836, 2945, 2169, 2295, 1810, 3040, 1790,
         5256, 4947, 3185, 3474, 1963, 1806, 1992, 1519, 736, 552, 280, 1021, 2702, 1232, 495, 504, 213, 108, 123, 146, 219, 242, 277, 47, 141,
         46]),
    "flat": ([1535, 837, 159, 161, 53, 48, 144, 32, 2, 1], [0, 931, 313, 591, 282, 228, 333, 131, 5, 10]),
}


def independent(count):
    return {f"j{number}": [] for number in range(count)}


def layered(layers, width):
    """Layers of the same width; each node needs two of the layer before."""
    return {f"j{layer}-{place}": [f"j{layer - 1}-{(place + step) % width}" for step in (0, 7)] if layer else []
            for layer in range(layers) for place in range(width)}


def shaped(shape, seed=1):
    """A graph with the levels and edges of a real one. Each node needs one of the level before it, and others of any level below, the
    popular ones far more often than the rest, as in real distributions."""
    choice = random.Random(seed)
    graph, below, previous = {}, [], []
    for level, (width, edges) in enumerate(zip(*SHAPES[shape])):
        names = [f"p{level}-{place}" for place in range(width)]
        needs = [{choice.choice(previous)} if previous else set() for _ in names]
        for number in range(max(0, edges - width) if level else 0):
            needs[number % width].add(below[int(len(below) * choice.random() ** 3)])
        graph.update(zip(names, map(sorted, needs)))
        below += names
        previous = names
    return graph


def records(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read(path):
    """A graph from NDJSON, an object with name and needs a line. Edges that close a cycle and needs that nobody has are left out."""
    needs = {record["name"]: record["needs"] for record in records(path)}
    graph, entered = {}, set()
    for root in needs:
        if root in entered:
            continue
        entered.add(root)
        stack = [(root, [], iter(needs[root]))]
        while stack:
            name, kept, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                graph[name] = kept
                stack.pop()
            elif following in graph:
                kept.append(following)
            elif following in needs and following not in entered:
                kept.append(following)
                entered.add(following)
                stack.append((following, [], iter(needs[following])))
    return graph


def files(arguments):
    """The files named as arguments, else those in $BF_BENCHMARK_GRAPHS."""
    folder = os.environ.get("BF_BENCHMARK_GRAPHS")
    return [pathlib.Path(argument) for argument in arguments] or (sorted(pathlib.Path(folder).glob("*.ndjson")) if folder else [])


def chosen(arguments):
    """Graphs by title: those of files, else generated ones of the same shape."""
    return {file.stem: read(file) for file in files(arguments)} or {f"like {shape}": shaped(shape) for shape in SHAPES}


def durations(arguments):
    """Milliseconds by name, as far as the files tell them."""
    return {record["name"]: record["milliseconds"] for file in files(arguments) for record in records(file) if "milliseconds" in record}


def size(graph):
    return f"{len(graph)} jobs, {sum(map(len, graph.values()))} needs"
