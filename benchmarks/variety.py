"""How various the examples of the lexicon are: `python -m benchmarks.variety`, as a Markdown table.

For each label: examples, distinct wordings, and near copies, which are those with another example of the same label
at a cosine of static vectors above 0.92.
"""

from collections import defaultdict

import numpy as np

from assist import Workbench
from assist.meaning import label_of

NEAR = 0.92


def main() -> None:
    """Print the table."""
    bench = Workbench.load()
    layers = bench.analyzer.meaning
    assert layers is not None
    by_label: dict[str, list[str]] = defaultdict(list)
    for name, wordings in layers.examples.wordings.items():
        by_label[label_of(bench.lexicon.entries[name]) or ""] += [*wordings.flags, *wordings.passes]
    print("| label | examples | distinct | near copies | mean likeness |\n| --- | --- | --- | --- | --- |")
    for label, said in sorted(by_label.items()):
        distinct = sorted(set(said))
        vectors = layers.vectors.embed(distinct)
        likeness = vectors @ vectors.T
        mean = (likeness.sum() - len(distinct)) / (len(distinct) * (len(distinct) - 1))
        np.fill_diagonal(likeness, 0)
        near = int((likeness.max(axis=1) > NEAR).sum())
        print(f"| {label} | {len(said)} | {len(distinct)} | {near} | {mean:.2f} |")


if __name__ == "__main__":
    main()
