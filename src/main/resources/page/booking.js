import { ensureBooked, isBooked, release } from "./api.js";
import { byId, onClick, onSubmit, showMessage } from "./dom.js";
import { hold } from "./hold.js";
import { party } from "./party.js";
import { problemText } from "./problem-text.js";
import { sale } from "./sale.js";
import { openTokenForm } from "./token.js";
import { prefillUserId, readUserId, userIdError } from "./user-id.js";

let event;
let onChanged;

/** Runs an action for a user, and shows its outcome. */
async function run(action, user) {
  const outcome = byId("booking-outcome");
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
      sale.update();
    }
    if (error.status === 401) {
      openTokenForm();
    }
  }
}

/** Runs an action for the user in the form. */
async function submit(action) {
  const user = readUserId("user");
  if (user) {
    await run(action, user);
  } else {
    showMessage(byId("booking-outcome"), "bad", userIdError("user"));
  }
}

async function book(id, user) {
  if (sale.refusal() && hold.user !== user) {
    return ["bad", sale.refusal()];
  }
  const booked = await ensureBooked(id, user);
  hold.onBooked(id, user);
  return booked ? ["good", `Booked. ${user} has a seat.`]
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
    onClick(byId("hold-seat"), () => submit(hold.take));
    onClick(byId("cancel"), () => submit(cancel));
    onClick(byId("hold-confirm"), () => run(hold.confirm, hold.user));
    onClick(byId("hold-release"), () => run(hold.giveBack, hold.user));
    onClick(byId("hold-again"), () => run(hold.take, hold.user));
    party.setUp((id, users) => {
      users.forEach((user) => hold.onBooked(id, user));
      onChanged(id);
    });
  },
  show(shownEvent) {
    if (event?.id !== shownEvent.id) {
      showMessage(byId("booking-outcome"), "good");
      prefillUserId("user");
    }
    event = shownEvent;
    byId("booking").hidden = false;
    party.show(event.id);
    sale.show(event);
    hold.show(event.id);
  },
  hide() {
    event = undefined;
    byId("booking").hidden = true;
    party.hide();
    sale.hide();
    hold.hide();
  },
};
