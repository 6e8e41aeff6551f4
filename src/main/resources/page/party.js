import { bookAll } from "./api.js";
import { byId, onSubmit, plural, showMessage } from "./dom.js";
import { problemText } from "./problem-text.js";
import { sale } from "./sale.js";
import { openTokenForm } from "./token.js";
import { USER_ID_RULE, isUserId } from "./user-id.js";

/** Maximum number of users in one request. */
const MAX_USERS = 50;

let event;
let onChanged;

/** What is wrong with the list, or undefined. */
function errorIn(users) {
  const wrong = users.find((user) => !isUserId(user));
  const repeated = users.find((user, index) => users.indexOf(user) < index);
  if (users.length === 0) {
    return "Enter the user ids, one on each line.";
  }
  if (users.length > MAX_USERS) {
    return `These are ${plural(users.length, "user id")}. A party has up to ${MAX_USERS}.`;
  }
  if (wrong) {
    return `${wrong} is not a user id: ${USER_ID_RULE}`;
  }
  return repeated && `${repeated} is in the list more than once.`;
}

/** Says who was booked, and who had a ticket before. */
function outcomeText({ booked, held }) {
  const before = held.length ? `Had a ticket already: ${held.join(", ")}.` : "";
  return booked.length ? `Booked: ${booked.join(", ")}. ${before}`.trim() : `No seat was needed. ${before}`;
}

function refusalText(problem) {
  if (problem.code !== "sold-out" || problem.remaining === undefined) {
    return problemText(problem);
  }
  const remaining = problem.remaining === 0 ? "No seat remains" : `Only ${plural(problem.remaining, "seat remains", "seats remain")}`;
  return `${remaining}, too few for this party. Nothing was changed.`;
}

async function submit() {
  const outcome = byId("party-outcome");
  const users = byId("party-users").value.split(/\s+/).filter(Boolean);
  const error = errorIn(users);
  byId("party-users").setAttribute("aria-invalid", String(Boolean(error)));
  if (error) {
    byId("party-users").focus();
  }
  if (error || sale.refusal()) {
    showMessage(outcome, "bad", error ?? sale.refusal());
    return;
  }
  const id = event;
  showMessage(outcome, "busy", "Sending…");
  try {
    const result = await bookAll(id, users);
    if (id === event) {
      showMessage(outcome, "good", outcomeText(result));
    }
    onChanged(id, users);
  } catch ({ status, problem }) {
    if (id === event) {
      showMessage(outcome, "bad", refusalText(problem));
      sale.update();
    }
    if (status === 401) {
      openTokenForm();
    }
  }
}

/** Books for several users: all of them, or none. */
export const party = {
  /** @param listener receives the id of the event and the users after each booking */
  setUp(listener) {
    onChanged = listener;
    onSubmit(byId("party"), submit);
  },
  show(id) {
    if (event !== id) {
      showMessage(byId("party-outcome"), "good");
      byId("party-users").removeAttribute("aria-invalid");
    }
    event = id;
  },
  hide() {
    event = undefined;
    byId("party").hidden = true;
  },
};
