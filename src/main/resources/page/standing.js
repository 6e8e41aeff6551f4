import { readStanding } from "./api.js";
import { serverNow } from "./clock.js";
import { notice } from "./notice.js";
import { problemText } from "./problem-text.js";
import { StandingWatch } from "./standing-watch.js";
import { onToken, openTokenForm } from "./token.js";
import { viewState } from "./view-state.js";

/** Milliseconds by which the page may learn of an expiry before its own countdown ends. */
const TOLERANCE = 2000;

/**
 * The latest standing of each event, for the user who acted or was entered last: registered, holding, offered or waiting
 * as the service says, or expired. In memory, and in the browser history for a reload.
 */
const known = new Map();

/** The watches of users who wait or have an offer, by the id of the event. */
const watches = new Map();

const titles = new Map();

/** The id of the shown event. */
let event;

/** Number of the latest read for an entered user. After an action of the user its result is dropped. */
let currentRead = 0;

let onChanged;

const hasSeat = ({ state }) => state === "holding" || state === "offered";

const isExpired = ({ expiresAt }, tolerance = 0) => Date.parse(expiresAt) <= serverNow() + tolerance;

const expired = (standing) => ({ ...standing, state: "expired", wasOffer: standing.state === "offered" });

/** What changed, when another client has ended the standing. */
const GONE = {
  registered: (user) => `${user} no longer has a ticket for this event.`,
  waiting: (user) => `${user} is no longer in the waiting list. If a seat was offered in the meantime, the offer has expired.`,
  holding: (user) => `${user} no longer holds a seat.`,
  offered: (user) => `The offer to ${user} was declined.`,
};

/** Watches the standings that change without an action of the user. */
function follow(id) {
  const standing = known.get(id);
  const isMoving = standing?.state === "waiting" || standing?.state === "offered";
  const watch = watches.get(id);
  if (watch && !(isMoving && watch.user === standing.userId)) {
    watch.stop();
    watches.delete(id);
  }
  if (isMoving && !watches.has(id)) {
    watches.set(id, new StandingWatch(id, standing.userId, receive, (status) => onRefused(id, status)));
  }
}

/** Shows a changed standing, or that there is none any more, and saves it. */
function update(id, next, reason) {
  const before = known.get(id);
  const standing = next && hasSeat(next) && isExpired(next) ? expired(next) : next;
  if (standing) {
    known.set(id, standing);
  } else {
    known.delete(id);
  }
  follow(id);
  notice.showOffers([...known.values()].filter(({ state }) => state === "offered")
    .map(({ eventId, userId, expiresAt }) => ({ eventId, userId, expiresAt, title: titles.get(eventId) })));
  if (id === event) {
    viewState.set("standing", standing);
    onChanged(standing, before, reason);
  }
}

/** Takes a standing that the service has sent. */
function receive(next) {
  const before = known.get(next.eventId);
  if (before?.userId !== next.userId) {
    return;
  }
  if (next.state === "none" && before.state === "expired") {
    return;
  }
  if (next.state === "none" && hasSeat(before) && isExpired(before, TOLERANCE)) {
    update(next.eventId, expired(before));
  } else if (next.state === "none") {
    update(next.eventId, undefined, GONE[before.state](next.userId));
  } else if (next.state === "registered" && before.state !== "registered") {
    update(next.eventId, next, `${next.userId} has a ticket for this event.`);
  } else {
    update(next.eventId, next);
  }
}

/** Without a token, the next one starts the watch again. */
function onRefused(id, status) {
  watches.delete(id);
  if (status === 401) {
    openTokenForm();
  } else {
    update(id, undefined, status === 403 ? problemText({ code: "forbidden" }) : undefined);
  }
}

async function ask(id) {
  const { userId } = known.get(id);
  try {
    receive(await readStanding(id, userId));
  } catch {
    // The standing stays as it is known. An answer to its buttons will tell.
  }
}

/** Shows the standing that the page knows, and asks the service for the current one. */
function restore(id) {
  const saved = viewState.get("standing");
  const standing = known.get(id) ?? (saved?.eventId === id ? saved : undefined);
  // An expired hold is shown in the view where it expired. An expired offer is news for the user who waited.
  if (!known.has(id) && standing?.state === "holding" && isExpired(standing)) {
    update(id, undefined);
  } else if (standing) {
    update(id, standing);
    if (!watches.has(id)) {
      ask(id);
    }
  }
}

/** A standing without a watch may have changed while another tab was shown. */
function onVisible() {
  if (!document.hidden && known.has(event) && !watches.has(event)) {
    ask(event);
  }
}

/** What an event is to a user: a ticket, a seat that is held or offered, or a place in the waiting list. */
export const standing = {
  /** @param listener receives the standing of the shown event, that before, and why another client has ended it */
  setUp(listener) {
    onChanged = listener;
    onToken(() => known.forEach((_, id) => follow(id)));
    document.addEventListener("visibilitychange", onVisible);
  },

  /** The standing that is shown, or undefined. */
  get current() {
    return known.get(event);
  },

  /** Shows the standing that results from an action of the user. */
  set(next) {
    currentRead += 1;
    update(next.eventId, next);
  },

  /** Shows the ticket of a user who has booked. A hold, an offer or a place of another user stays. */
  setRegistered(id, user) {
    const other = known.get(id);
    if (!other || other.userId === user || other.state === "registered" || other.state === "expired") {
      this.set({ eventId: id, userId: user, state: "registered" });
    }
  },

  /** Forgets the standing of a user that has cancelled, given back or left. */
  end(id, user) {
    currentRead += 1;
    if (known.get(id)?.userId === user) {
      update(id, undefined);
    }
  },

  /**
   * Reads and shows the standing of a user who was entered. When the user has none, a ticket of another user is hidden; a
   * hold, an offer or a place stays.
   * @param user undefined when the field has no user id
   */
  async enter(user) {
    const id = event;
    currentRead += 1;
    const read = currentRead;
    if (known.get(id)?.userId === user) {
      return;
    }
    let found;
    try {
      found = user && await readStanding(id, user);
    } catch {
      // The buttons stay, and the answer to them will tell.
      return;
    }
    if (read !== currentRead || id !== event) {
      return;
    }
    if (found && found.state !== "none") {
      update(id, found);
    } else if (known.get(id)?.state === "registered") {
      update(id, undefined);
    }
  },

  /** To be called when the countdown ends. */
  expire(id) {
    if (known.has(id) && hasSeat(known.get(id))) {
      update(id, expired(known.get(id)));
    }
  },

  show({ id, title }) {
    titles.set(id, title);
    if (event !== id) {
      this.hide();
      event = id;
      restore(id);
    }
  },

  hide() {
    if (known.get(event)?.state === "expired") {
      known.delete(event);
    }
    event = undefined;
  },
};
