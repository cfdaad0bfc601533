"""Who is called when: rules of policy over facts, the ladder of levels, notices, emergencies."""
