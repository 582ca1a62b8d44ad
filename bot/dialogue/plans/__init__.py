"""Questions on the yearly plans: which plan is meant, which of its entries fit, and the answer."""

from bot.dialogue.plans.choosing import answer_on_plans
from bot.dialogue.plans.replying import LONGEST, PlanReply
from bot.dialogue.plans.telling import about_plans

__all__ = ["LONGEST", "PlanReply", "about_plans", "answer_on_plans"]
