import { ensureBooked, ensureHeld, giveBack } from "./api.js";
import { Countdown, durationText } from "./countdown.js";
import { timeElement } from "./dates.js";
import { byId } from "./dom.js";
import { standing } from "./standing.js";

/** Milliseconds before the end at which the page says so. */
const SHORT = 60000;

const ALMOST_OVER = "Less than a minute left to confirm.";

/** The texts for a seat that the user took, and for one that was offered from the waiting list. */
const HOLD = {
  title: (user) => `${user} holds a seat until `,
  expiredTitle: (user) => `The hold of ${user} has expired`,
  note: "Confirm the booking before the time is over.",
  expiredNote: "Another user can take the seat now. Until that happens, it can still be confirmed.",
  release: "Give the seat back",
  again: "Hold again",
};
const OFFER = {
  title: (user) => `A seat is offered to ${user} until `,
  expiredTitle: (user) => `The offer to ${user} has expired`,
  note: "Confirm the booking before the time is over. After that, the seat is offered to the next user.",
  expiredNote: "The seat is offered to the next user in the waiting list, if there is one.",
  release: "Decline the offer",
  again: "Join the waiting list again",
};

const countdown = new Countdown();

/** A screen reader reads a text in the status once. */
function say(text) {
  if (byId("hold-note").textContent !== text) {
    byId("hold-note").textContent = text;
  }
}

/** Shows the buttons for a seat that can be confirmed, or for an expired one. The focus does not stay on a hidden button. */
function showButtons(texts, isExpired) {
  const focused = document.activeElement;
  byId("hold-release").textContent = texts.release;
  byId("hold-again").textContent = texts.again;
  byId("hold-release").hidden = isExpired;
  byId("hold-confirm").hidden = isExpired && texts === OFFER;
  byId("hold-confirm").classList.toggle("main", !isExpired);
  byId("hold-again").hidden = !isExpired;
  if (focused.hidden && byId("hold").contains(focused)) {
    byId(isExpired ? "hold-again" : "hold-confirm").focus();
  }
  byId("hold").dataset.expired = isExpired;
  byId("hold").hidden = false;
}

function showExpired({ userId, wasOffer }) {
  const texts = wasOffer ? OFFER : HOLD;
  countdown.stop();
  byId("hold-title").textContent = texts.expiredTitle(userId);
  byId("hold-left").textContent = durationText(0);
  showButtons(texts, true);
  say(texts.expiredNote);
}

function showSeat({ eventId, userId, state, expiresAt }) {
  const texts = state === "offered" ? OFFER : HOLD;
  byId("hold-title").replaceChildren(texts.title(userId), timeElement(expiresAt));
  showButtons(texts, false);
  countdown.start(expiresAt, (left) => {
    byId("hold-left").textContent = durationText(left);
    say(left < SHORT ? ALMOST_OVER : texts.note);
  }, () => standing.expire(eventId));
}

/** A seat that is held for a user or offered to it: the time left, and what the user can do until then and afterwards. */
export const hold = {
  /** Resolves to the outcome to show. */
  async take(id, user) {
    const { created, held } = await ensureHeld(id, user);
    standing.set({ ...held, state: held.offer ? "offered" : "holding" });
    if (held.offer) {
      return ["good", `A seat is offered to ${user} already.`];
    }
    return ["good", created ? `Held a seat for ${user}.` : `${user} holds a seat already. The time is not extended.`];
  },

  async confirm(id, user) {
    const booked = await ensureBooked(id, user);
    standing.setRegistered(id, user);
    return ["good", booked ? `Confirmed. ${user} has a seat.` : `${user} has a ticket for this event.`];
  },

  async giveBack(id, user) {
    const isOffer = standing.current?.state === "offered";
    await giveBack(id, user);
    standing.end(id, user);
    return ["good", isOffer ? `Declined. The seat is offered to the next user.`
      : `Given back. ${user} no longer holds a seat.`];
  },

  /** Shows the seat of a standing that has one. */
  show(current) {
    if (current?.state === "expired") {
      showExpired(current);
    } else if (current?.expiresAt) {
      showSeat(current);
    } else {
      this.hide();
    }
  },

  hide() {
    countdown.stop();
    byId("hold").hidden = true;
  },
};
