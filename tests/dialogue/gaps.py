"""What a good agent would do and the dialogue does not do yet: tests by name, and why they fail."""

_BY_MODULE: dict[str, tuple[str, tuple[str, ...]]] = {
    "test_bad_input": (
        "punctuation alone is taken as an answer in words",
        ("test_story[only punctuation]",),
    ),
    "test_corrections": (
        "a demand that is changed in words is noted as more words",
        ("test_story[what is wanted]",),
    ),
    "test_digressions": (
        "a digression is taken as more of the story, or a suggestion on the way gets no ticket",
        (
            "test_story[a question that nobody can answer goes along]",
            "test_story[more of the story in place of an answer]",
            "test_story[a suggestion on the way]",
        ),
    ),
    "test_handover": (
        "beeping, complaining and asking for somebody to repair are heard as threat or wish",
        (
            "test_story[to have it repaired by somebody is no wish for a person]",
            "test_story[angry from the start]",
            "test_story[an alarm of the thing is no threat]",
            "test_story[to complain is no threat]",
            "test_story[not understood twice, a person is offered]",
        ),
    ),
    "test_hazards": (
        "a stove that does not light is heard as a danger",
        (
            "test_story[a stove that does not light is no fire]",
            "test_story[sparks of the lighter are no short circuit]",
        ),
    ),
    "test_own_tickets": (
        "adding to and urging a ticket a second time opens a matter of its own",
        (
            "test_story[hurry twice]",
            "test_story[an addition]",
            "test_story[no number at hand]",
        ),
    ),
    "test_phone_calls": (
        "urging in the next call is heard as a wish for a person",
        ("test_the_next_call_from_the_same_number_knows_the_ticket",),
    ),
    "test_quality_complaints": (
        "the place, the number of faulty pieces or the words after a button are lost",
        (
            "test_story[the button, then what it is]",
            "test_story[terse to the end]",
            "test_story[how many are faulty, as a bare figure]",
            "test_story[three sockets are not three products]",
            "test_story[the place follows when the date is told already]",
            "test_story[a date that has not come yet]",
        ),
    ),
    "test_questions": (
        "a question about repairs opens the repair form",
        (
            "test_story[how long a repair takes]",
            "test_story[one question after the other]",
        ),
    ),
    "test_repair_requests": (
        "an address that is left for later is not asked for again",
        ("test_story[the address is left for later]",),
    ),
    "test_returns": (
        "the button sets a demand, or the order is asked about though it is known",
        (
            "test_story[the button]",
            "test_story[the order is known]",
            "test_story[the customer thinks better of it]",
        ),
    ),
    "test_service_complaints": (
        "a generic role counts as the person, so that a number told later is not taken",
        ("test_story[a staff number on the question for it]",),
    ),
}

GAPS = {f"{module}::{name}": reason for module, (reason, names) in _BY_MODULE.items() for name in names}
