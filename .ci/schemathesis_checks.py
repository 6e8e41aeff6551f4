"""A check for Schemathesis: valid data is rejected only by rules that a JSON schema cannot express."""
import schemathesis

# The description of each field states its rule in words.
BEYOND_SCHEMAS = {
    ("endsAt", "must not be before startsAt"),
    ("salesCloseAt", "must be after salesOpenAt"),
    # 5.0 and 5e0 are integers for a schema; the service accepts digits only.
    ("capacity", "must be a whole number in digits"),
    ("holdSeconds", "must be a whole number in digits"),
    ("offerSeconds", "must be a whole number in digits"),
    # The schema allows any text, because such an id is an unknown event. Only the creation of an event rejects it.
    ("eventId", "must be 24 hexadecimal digits"),
    # The pattern of the schema has this rule, but Schemathesis cannot generate values for it and ignores it.
    ("title", "must not be blank"),
    ("title", "must be one line of text, without control characters or unpaired surrogates"),
    ("description", "must be text, without control characters or unpaired surrogates"),
}


@schemathesis.check
def rejects_valid_data_for_a_reason(ctx, response, case):
    if response.status_code not in (400, 412) or not is_valid(case):
        return
    problem = response.json()
    if problem["code"] == "invalid-request":
        broken = {(error["field"], error["message"]) for error in problem["errors"]}
        assert broken <= BEYOND_SCHEMAS, f"valid data was rejected: {broken - BEYOND_SCHEMAS}"
    elif problem["code"] == "invalid-cursor":
        assert "after" in (case.query or {}), "there was no cursor"
    else:
        assert problem["code"] == "precondition-failed", f"valid data was rejected: {problem['code']}"
        assert {"If-Match", "If-None-Match"} & set(case.headers or {}), "there was no precondition"


def is_valid(case):
    return case.meta is not None and case.meta.generation.mode.is_positive
