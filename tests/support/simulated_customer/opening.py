"""The first message: what it is about, with as much as this customer tells at once."""

from tests.support.simulated_customer.moods import with_slip, written
from tests.support.simulated_customer.persona import Persona

WANTS = {"repair_request": ("想报修", "能不能派人来修一下", "帮我约个师傅上门修")}
ANGER = ("气死我了，", "你们这什么破东西！", "太过分了！")


def opening(persona: Persona) -> str:
    """What is said first."""
    text = with_slip(_sentence(persona), persona.mood, persona.rng)
    if persona.mood.name == "angry" and persona.goal.kind != "suggestion" and persona.rng.random() < 0.5:
        text = persona.rng.choice(ANGER) + text
    return written(text, persona.mood, persona.rng)


def _sentence(persona: Persona) -> str:
    goal, rng = persona.goal, persona.rng
    if goal.kind == "human_request":
        return rng.choice(("转人工", "我要找人工客服", "找个真人跟我说"))
    about = _matter(persona)
    rest = [goal.facts[slot].words for slot in _rest(persona)]
    return "，".join([about, *rest])


def _matter(persona: Persona) -> str:
    goal, told = persona.goal, persona.told_first
    if "description" in goal.facts:
        when = goal.facts["incident_time"].words if "incident_time" in told else ""
        return f"{when}{goal.facts['description'].words}"
    bought = _bought(persona)
    fault = goal.facts["fault"].words if "fault" in told else ""
    if goal.kind == "repair_request":
        return f"{bought}{fault}，{persona.rng.choice(WANTS['repair_request'])}"
    if goal.kind == "return_exchange" and not fault:
        return (
            f"{bought}{goal.facts['demand'].words}"
            if not bought
            else f"{bought}，{goal.facts['demand'].words}"
        )
    return f"{bought}{fault}"


def _bought(persona: Persona) -> str:
    """Product, model and where it comes from, as far as told at once."""
    facts, told = persona.goal.facts, persona.told_first
    when = facts["purchase_date"].words if "purchase_date" in told else ""
    where = f"在{facts['purchase_place'].words}" if "purchase_place" in told else ""
    model = facts["model"].words if "model" in told else ""
    product = facts["product"].words if "product" in told else ""
    if when or where:
        return f"{when}{where}买的{model}{product}" if product else f"{when}{where}买的东西"
    return f"{model}{product}"


_PLACED = {"description", "incident_time", "product", "model", "fault", "purchase_date", "purchase_place"}


def _rest(persona: Persona) -> list[str]:
    goal = persona.goal
    used = {"demand"} if goal.kind == "return_exchange" and "fault" not in persona.told_first else set()
    return [slot for slot in goal.facts if slot in persona.told_first and slot not in _PLACED | used]
