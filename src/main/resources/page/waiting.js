import { ensureWaiting, leaveWaiting, readStanding } from "./api.js";
import { byId, formatNumber } from "./dom.js";
import { notice } from "./notice.js";
import { standing } from "./standing.js";

/** The latest numbers of the shown event. */
let soldOut = false;
let length = 0;

/** Offers to join while a new user gets no seat, except to the user whose place, offer or hold is shown below. */
function showButton() {
  const current = standing.current;
  const isExpiredHold = current?.state === "expired" && !current.wasOffer;
  byId("join").hidden = !soldOut || (current?.userId === byId("user").value.trim() && !isExpiredHold);
  byId("book").classList.toggle("main", !soldOut);
}

function showPosition({ position }) {
  byId("waiting-position").textContent = `${formatNumber(position)} of ${formatNumber(Math.max(length, position))}`;
}

function showNotify() {
  byId("waiting-notify").hidden = !notice.canBeAllowed;
}

/** Refused although the seats are sold out: the user may have an offer already. */
async function findSeat(id, user, error) {
  const found = error.problem?.code === "seats-free" ? await readStanding(id, user) : {};
  if (!found.expiresAt) {
    throw error;
  }
  standing.set(found);
  return ["good", `A seat is kept for ${user} already.`];
}

/** The place of a user in the waiting list. */
export const waiting = {
  setUp() {
    byId("user").addEventListener("input", showButton);
  },

  /** Resolves to the outcome to show. */
  async join(id, user) {
    try {
      const { created, place } = await ensureWaiting(id, user);
      length = place.length;
      standing.set({ eventId: id, userId: user, state: "waiting", position: place.position });
      return ["good", created ? `${user} has joined the waiting list.` : `${user} is in the waiting list already, and keeps the place.`];
    } catch (error) {
      return findSeat(id, user, error);
    }
  },

  /** Leaves the list. A seat may have been offered just before. */
  async leave(id, user) {
    await leaveWaiting(id, user);
    const found = await readStanding(id, user);
    if (found.state === "offered") {
      standing.set(found);
      return ["good", `A seat was offered to ${user} just before.`];
    }
    standing.end(id, user);
    return ["good", `${user} has left the waiting list.`];
  },

  /** Asks for notifications of this browser: only here, when the user wants them. */
  async allowNotifications() {
    await notice.ask();
    showNotify();
    byId("waiting-leave").focus();
  },

  /** @param status of the event, or the event itself */
  showSeats(status) {
    soldOut = status.remaining === 0;
    length = status.waiting ?? 0;
    showButton();
    if (standing.current?.state === "waiting") {
      showPosition(standing.current);
    }
  },

  show(current) {
    const isWaiting = current?.state === "waiting";
    if (isWaiting) {
      byId("waiting-title").textContent = `${current.userId} is in the waiting list`;
      showPosition(current);
      showNotify();
    }
    byId("waiting").hidden = !isWaiting;
    showButton();
  },

  hide() {
    soldOut = false;
    this.show(undefined);
  },
};
