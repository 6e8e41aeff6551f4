import { ensureBooked, isBooked, release } from "./api.js";
import { phaseOf } from "./dates.js";
import { byId, onSubmit, showMessage } from "./dom.js";
import { problemText } from "./problem-text.js";
import { openTokenForm } from "./token.js";
import { prefillUserId, readUserId, userIdError } from "./user-id.js";

const PHASE_NOTES = {
  begun: "This event has begun.",
  running: "This event is under way.",
  over: "This event is over. It cannot be booked here any more.",
};

/** Milliseconds between two checks whether the event has begun or ended. */
const PHASE_INTERVAL = 10000;

let event;
let onChanged;
let timer;

/** Says whether the event is under way or over. An event that is over has no button to book. */
function showPhase() {
  const phase = phaseOf(event);
  byId("booking-note").textContent = PHASE_NOTES[phase] ?? "";
  byId("book").hidden = phase === "over";
}

/** Runs book or cancel for the user in the form, and shows the outcome. */
async function submit(action) {
  const outcome = byId("booking-outcome");
  const user = readUserId("user");
  if (!user) {
    showMessage(outcome, "bad", userIdError("user"));
    return;
  }
  const { id } = event;
  const isShown = () => event?.id === id;
  showMessage(outcome, "busy", "Sending…");
  try {
    const [kind, text] = await action(id, user);
    if (isShown()) {
      showMessage(outcome, kind, text);
    }
    onChanged(id);
  } catch (error) {
    if (isShown()) {
      showMessage(outcome, "bad", problemText(error.problem));
    }
    if (error.status === 401) {
      openTokenForm();
    }
  }
}

async function book(id, user) {
  if (phaseOf(event) === "over") {
    return ["bad", PHASE_NOTES.over];
  }
  return (await ensureBooked(id, user)) ? ["good", `Booked. ${user} has a seat.`]
    : ["bad", `${user} has a ticket for this event already. One ticket per person.`];
}

/** Reads the registration first, because the answer to a DELETE is the same with and without a ticket. */
async function cancel(id, user) {
  if (!(await isBooked(id, user))) {
    return ["bad", `${user} has no ticket for this event.`];
  }
  await release(id, user);
  return ["good", `Cancelled. ${user} no longer has a ticket for this event.`];
}

export const booking = {
  /** @param listener receives the id of the event after each request that may have changed its seats */
  setUp(listener) {
    onChanged = listener;
    onSubmit(byId("booking"), () => submit(book));
    byId("cancel").addEventListener("click", () => submit(cancel));
  },
  show(shownEvent) {
    if (event?.id !== shownEvent.id) {
      showMessage(byId("booking-outcome"), "good");
      prefillUserId("user");
    }
    event = shownEvent;
    showPhase();
    byId("booking").hidden = false;
    timer ??= setInterval(showPhase, PHASE_INTERVAL);
  },
  hide() {
    event = undefined;
    byId("booking").hidden = true;
    clearInterval(timer);
    timer = undefined;
  },
};
