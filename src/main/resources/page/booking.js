import { ensureBooked, isBooked, release } from "./api.js";
import { byId, onSubmit, say } from "./dom.js";
import { phaseOf } from "./moments.js";
import { offerToken } from "./token.js";
import { mistake, offerUser, readUser } from "./user.js";
import { inWords } from "./words.js";

const NOTES = {
  begun: "This event has begun.",
  running: "This event is under way.",
  over: "This event is over. Seats are not booked here any more.",
};

let event;
let after;
let timer;

/** Says whether the event is under way or over; there is no button to book what is over. */
function note() {
  const phase = phaseOf(event);
  byId("booking-note").textContent = NOTES[phase] ?? "";
  byId("book").hidden = phase === "over";
}

/** Does what was asked for and says how it went. */
async function act(does) {
  const outcome = byId("booking-outcome");
  const user = readUser("user");
  if (!user) {
    say(outcome, "bad", mistake("user"));
    return;
  }
  const asked = event;
  const isShown = () => event?.id === asked.id;
  say(outcome, "busy", "Asking…");
  try {
    const [kind, text] = await does(asked.id, user);
    if (isShown()) {
      say(outcome, kind, text);
    }
    after(asked.id);
  } catch (refusal) {
    if (isShown()) {
      say(outcome, "bad", inWords(refusal.problem));
    }
    if (refusal.status === 401) {
      offerToken();
    }
  }
}

async function book(id, user) {
  if (phaseOf(event) === "over") {
    return ["bad", NOTES.over];
  }
  return (await ensureBooked(id, user)) ? ["good", `Booked. ${user} has a seat.`]
    : ["bad", `${user} has a ticket for this event already. One ticket per person.`];
}

/** The answer to a DELETE is the same with and without a ticket, so this looks first. */
async function cancel(id, user) {
  if (!(await isBooked(id, user))) {
    return ["bad", `${user} has no ticket for this event.`];
  }
  await release(id, user);
  return ["good", `Cancelled. ${user} no longer has a ticket for this event.`];
}

export const booking = {
  /** @param does called with the id of the event after each request that may have changed its seats */
  setUp(does) {
    after = does;
    onSubmit(byId("booking"), () => act(book));
    byId("cancel").addEventListener("click", () => act(cancel));
  },
  show(found) {
    if (event?.id !== found.id) {
      say(byId("booking-outcome"), "good");
      offerUser("user");
    }
    event = found;
    note();
    byId("booking").hidden = false;
    timer ??= setInterval(note, 10000);
  },
  hide() {
    event = undefined;
    byId("booking").hidden = true;
    clearInterval(timer);
    timer = undefined;
  },
};
