"""What tests of references share: publishers to write, and words that count as the same."""

import re

from hypothesis import strategies as st

from corpus.markup import fold

NAMES = st.sampled_from(["港湾省", "総務省", "瑞原県", "潮凪市上下水道局"])


def same(one, other):
    """Compare words apart from brackets, white space and what does not print."""

    def bare(text):
        kept = "".join(c for c in text if c.isprintable() or c.isspace())
        return re.sub(r"[「」『』｢｣]", "", fold(kept))

    return bare(one) == bare(other)
