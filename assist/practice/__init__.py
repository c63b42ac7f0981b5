"""Practice: customers from scripted scenarios, who answer by rules what is sent to them."""

from assist.practice.customer import Customer
from assist.practice.debrief import Debrief, Replied, Well
from assist.practice.load import FIRST, load, load_scenario, manners, scenario
from assist.practice.practice import Practice
from assist.practice.runs import Difference, differences
from assist.practice.scenario import OUTCOMES, STEPS, Manner, Outcome, Scenario, ScenarioSheet
from assist.practice.telling import Section, told

__all__ = [
    "FIRST", "OUTCOMES", "STEPS", "Customer", "Debrief", "Difference", "Manner", "Outcome", "Practice", "Replied",
    "Scenario", "ScenarioSheet", "Section", "Well", "differences", "load", "load_scenario", "manners", "scenario",
    "told",
]  # fmt: skip
