"""A check for Schemathesis: valid data is refused only by rules that a JSON schema cannot say."""
import schemathesis

# Each stands in the description of its field, in words.
BEYOND_SCHEMAS = {
    ("endsAt", "must not be before startsAt"),
    # 5.0 and 5e0 are integers to a schema; here a whole number is written in digits.
    ("capacity", "must be a whole number in digits"),
    # An id that names no event is data as good as any other, but not to create an event under it.
    ("eventId", "must be 24 hexadecimal digits"),
    # The pattern in the schema says it, but Schemathesis cannot generate by it, and leaves it out.
    ("title", "must not be blank"),
    ("title", "must be one line of text, without control characters or halves of characters"),
    ("description", "must be text, without control characters or halves of characters"),
}


@schemathesis.check
def refuses_valid_data_for_a_reason(ctx, response, case):
    if response.status_code not in (400, 412) or not is_valid(case):
        return
    problem = response.json()
    if problem["code"] == "invalid-request":
        broken = {(error["field"], error["message"]) for error in problem["errors"]}
        assert broken <= BEYOND_SCHEMAS, f"valid data was refused: {broken - BEYOND_SCHEMAS}"
    elif problem["code"] == "invalid-cursor":
        assert "after" in (case.query or {}), "there was no cursor"
    else:
        assert problem["code"] == "precondition-failed", f"valid data was refused: {problem['code']}"
        assert {"If-Match", "If-None-Match"} & set(case.headers or {}), "there was no precondition"


def is_valid(case):
    return case.meta is not None and case.meta.generation.mode.is_positive
