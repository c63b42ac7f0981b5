"""A practice session: the agent's replies in, the customer's answers out, and the debrief at its end."""

from collections.abc import Iterable
from typing import NamedTuple

from assist.conversation import Turn, refuse_unreadable
from assist.errors import AssistError
from assist.practice.customer import Answer, Customer, answer
from assist.practice.debrief import Debrief, Replied, debrief
from assist.practice.scenario import APOLOGY, Outcome, Scenario, Step
from assist.practice.sent import Ear, Sent, steps
from assist.workbench import Session, Workbench


class Exchange(NamedTuple):
    """A reply, and what the customer answered."""

    sent: Sent
    answer: Answer


class Practice:
    """A scenario being practised; `session` is the conversation as any other, for checking drafts as one types.

    The turns alone carry the state: `Practice.replay` with the agent's texts gives the same again.
    """

    def __init__(self, bench: Workbench, scenario: Scenario) -> None:
        self.scenario = scenario
        self.session: Session = bench.session(scenario.opening, id=f"practice-{scenario.id}")
        self.exchanges: list[Exchange] = []
        self._bench = bench
        self._ear = Ear(scenario)
        self._turns = list(scenario.opening)
        self._start = steps(self.session.recovery)

    @classmethod
    def replay(cls, bench: Workbench, scenario: Scenario, agent_texts: Iterable[str]) -> "Practice":
        """The session in which an agent has sent these texts; raises AssistError as `send` does."""
        practice = cls(bench, scenario)
        for text in agent_texts:
            practice.send(text)
        return practice

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The conversation so far, the opening included."""
        return tuple(self._turns)

    @property
    def agent_texts(self) -> tuple[str, ...]:
        """What the agent has sent in this session: all that `replay` needs."""
        return tuple(exchange.sent.text for exchange in self.exchanges)

    @property
    def customer(self) -> Customer:
        """Where the customer stands."""
        if self.exchanges:
            return self.exchanges[-1].answer.customer
        heard = (APOLOGY,) if "apologised" in self._start else ()
        return Customer(self.scenario.sheet.patience, heard)

    @property
    def ended(self) -> Outcome | None:
        """How it ended; None while it goes on."""
        return self.customer.ended

    def send(self, text: str) -> tuple[Turn, ...]:
        """Send a reply; the turns by which the customer answers.

        Raises AssistError for a reply without words, and once the conversation has ended.
        """
        refuse_unreadable(text, "the reply")
        if not text.strip():
            raise AssistError("a reply needs words")
        if self.ended:
            raise AssistError(f"this practice has ended ({self.ended}); begin it again to say more")
        answered = answer(self.scenario, self.customer, sent := self._sent(text))
        self.exchanges.append(Exchange(sent, answered))
        turns = self.scenario.said(*answered.lines)
        for turn in turns:
            self.session.add(turn)
        self._turns += [Turn("agent", text), *turns]
        return turns

    @property
    def debrief(self) -> Debrief:
        """How it went, so far or at the end."""
        replies = [
            Replied(exchange.sent, exchange.answer.customer, reached)
            for exchange, reached in zip(self.exchanges, self._reached(), strict=True)
        ]
        return debrief(self.scenario, self.customer, replies)

    def _sent(self, text: str) -> Sent:
        """The reply, checked and then put into the conversation."""
        review = self.session.check(text)
        before = steps(self.session.recovery)
        self.session.add(Turn("agent", text))
        reading = self._bench.analyzer.agent.read(text)
        words = text.lower().split()
        return Sent(
            text=text,
            review=review,
            acts=reading.act_names,
            said=self._ear.hear(text),
            question=any(sentence.question for sentence in reading.passage.sentences),
            repeated=any(words == earlier.lower().split() for earlier in self.agent_texts),
            before=before,
            after=steps(self.session.recovery),
        )

    def _reached(self) -> list[frozenset[Step]]:
        """The steps that were reached with each reply and the customer's answer to it, and not before."""
        standing = [exchange.sent.before for exchange in self.exchanges[1:]] + [steps(self.session.recovery)]
        known = set(self._start)
        reached = []
        for exchange, after in zip(self.exchanges, standing, strict=False):
            now = exchange.sent.after | after
            reached.append(frozenset(now - known))
            known |= now
        return reached
