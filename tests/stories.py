"""What the tests tell stories with: conversations as lines, and what a review says of a draft."""

from assist import Conversation, Finding, Review, Workbench
from assist.conversation import conversation_of_text


def talk(*lines: str) -> Conversation:
    """The conversation in lines of `role: words`."""
    return conversation_of_text("\n".join(lines))


def review(bench: Workbench, draft: str, *lines: str) -> Review:
    """What is said of a draft that would follow on these lines."""
    return bench.check(draft, talk(*lines))


def categories(bench: Workbench, draft: str, *lines: str) -> set[str]:
    """The categories found in a draft that would follow on these lines."""
    return {finding.category for finding in review(bench, draft, *lines).findings}


def words_of(finding: Finding, draft: str) -> str:
    """The words of the draft that a finding points at."""
    return draft[finding.start : finding.end]
