"""The lifecycle as a table in Markdown; docs/flows/practice.md holds it, a test keeps it current."""

from __future__ import annotations

from kheo.practices.rules.lifecycle import PUBLIC_STATES, TRANSITIONS, State, public_state


def transitions() -> str:
    """One row for each verb: from where to where, who, and what it demands."""
    rows = ["| Verb | From | To | Who | Demands |", "|---|---|---|---|---|"]
    for verb, step in TRANSITIONS.items():
        sources = ", ".join(state.value for state in State if state in step.sources)
        people = [*sorted(step.roles), *(["registering side"] if step.owner else [])]
        demands = [name for name, wanted in (("a reason", step.reason), ("a decision", step.decision)) if wanted]
        rows.append(f"| `{verb}` | {sources} | {step.target.value} | {', '.join(people)} | {', '.join(demands) or '–'} |")
    return "\n".join(rows)


def states() -> str:
    """One row for each state: what the public pages call it, or that they do not show it."""
    rows = ["| State | On the public pages |", "|---|---|"]
    for state in State:
        rows.append(f"| {state.value} | {public_state(state).value if state in PUBLIC_STATES else 'not shown'} |")
    return "\n".join(rows)
