import { ensureBooked, ensureHeld, giveBack, readHold } from "./api.js";
import { serverNow } from "./clock.js";
import { Countdown, durationText } from "./countdown.js";
import { timeElement } from "./dates.js";
import { byId } from "./dom.js";
import { viewState } from "./view-state.js";

/** Milliseconds before the end of a hold at which the page says so. */
const SHORT = 60000;

const HELD = "Confirm the booking before the time is over.";
const ALMOST_OVER = "Less than a minute left to confirm.";
const EXPIRED = "Another user can take the seat now. Until that happens, it can still be confirmed.";

const countdown = new Countdown();

/** The latest hold of each event, by the id of the event. In memory, and in the browser history for a reload. */
const holds = new Map();

/** The id of the shown event. */
let event;

const isExpired = ({ expiresAt }) => Date.parse(expiresAt) <= serverNow();

/** A screen reader reads a text in the status once. */
function say(text) {
  if (byId("hold-note").textContent !== text) {
    byId("hold-note").textContent = text;
  }
}

function showExpired({ userId }) {
  byId("hold-title").textContent = `The hold of ${userId} has expired`;
  byId("hold-left").textContent = durationText(0);
  byId("hold-again").hidden = false;
  if (byId("hold-release") === document.activeElement) {
    byId("hold-again").focus();
  }
  byId("hold-release").hidden = true;
  byId("hold-confirm").classList.remove("main");
  byId("hold").dataset.expired = "true";
  say(EXPIRED);
}

function showHold(held) {
  byId("hold-title").replaceChildren(`${held.userId} holds a seat until `, timeElement(held.expiresAt));
  if (byId("hold-again") === document.activeElement) {
    byId("hold-confirm").focus();
  }
  byId("hold-again").hidden = true;
  byId("hold-release").hidden = false;
  byId("hold-confirm").classList.add("main");
  byId("hold").dataset.expired = "false";
  byId("hold").hidden = false;
  countdown.start(held.expiresAt, (left) => {
    byId("hold-left").textContent = durationText(left);
    say(left < SHORT ? ALMOST_OVER : HELD);
  }, () => showExpired(held));
}

function remember(held) {
  holds.set(held.eventId, held);
  if (held.eventId === event) {
    viewState.set("hold", held);
    showHold(held);
  }
}

/** Hides the hold. The focus does not stay on a hidden button. */
function forget(id) {
  holds.delete(id);
  if (id !== event) {
    return;
  }
  viewState.set("hold", undefined);
  countdown.stop();
  if (byId("hold").contains(document.activeElement)) {
    byId("booking-title").focus();
  }
  byId("hold").hidden = true;
}

/** Shows the hold that the page knows, and asks the service whether it still exists. */
async function restore(id) {
  const saved = viewState.get("hold");
  const known = holds.get(id) ?? (saved?.eventId === id && !isExpired(saved) ? saved : undefined);
  if (!known) {
    return;
  }
  remember(known);
  byId("user").value ||= known.userId;
  if (isExpired(known)) {
    return;
  }
  try {
    const current = await readHold(id, known.userId);
    if (holds.get(id) === known) {
      if (current) {
        remember(current);
      } else {
        forget(id);
      }
    }
  } catch {
    // The hold stays as it is known. An answer to its buttons will tell.
  }
}

/** A seat that is held for a user: the time left, and what the user can do until then and afterwards. */
export const hold = {
  get user() {
    return holds.get(event)?.userId;
  },

  /** Resolves to the outcome to show. */
  async take(id, user) {
    const { created, held } = await ensureHeld(id, user);
    remember(held);
    return ["good", created ? `Held a seat for ${user}.` : `${user} holds a seat already. The time is not extended.`];
  },

  async confirm(id, user) {
    const booked = await ensureBooked(id, user);
    forget(id);
    return ["good", booked ? `Confirmed. ${user} has a seat.` : `${user} has a ticket for this event.`];
  },

  async giveBack(id, user) {
    await giveBack(id, user);
    forget(id);
    return ["good", `Given back. ${user} no longer holds a seat.`];
  },

  /** To be called when the user has booked without these buttons. */
  onBooked(id, user) {
    if (holds.get(id)?.userId === user) {
      forget(id);
    }
  },

  show(id) {
    if (event !== id) {
      this.hide();
      event = id;
      restore(id);
    }
  },

  hide() {
    if (holds.has(event) && isExpired(holds.get(event))) {
      holds.delete(event);
    }
    event = undefined;
    countdown.stop();
    byId("hold").hidden = true;
  },
};
