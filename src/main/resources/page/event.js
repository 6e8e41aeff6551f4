import { readEvent, statusOf } from "./api.js";
import { booking } from "./booking.js";
import { phaseOf, showDates } from "./dates.js";
import { byId } from "./dom.js";
import { EventUpdates } from "./event-updates.js";
import { NO_URL_YET, live } from "./live-stream.js";
import { notice } from "./notice.js";
import { problemText } from "./problem-text.js";
import { SeatBar } from "./seat-bar.js";
import { displayText } from "./text.js";

let id;
let seatBar;
let updates;

/** The revision that is shown. */
let revision = -1;

function showTexts(title, description) {
  byId("event-title").textContent = displayText(title);
  byId("event-about").textContent = displayText(description ?? "");
  notice.setTitle(`${displayText(title)} · Lastseat`);
}

function showEvent(event) {
  if (event.revision < revision) {
    return;
  }
  revision = event.revision;
  showTexts(event.title, event.description);
  showDates(byId("event-when"), event);
  byId("view-event").dataset.phase = phaseOf(event);
  seatBar ??= new SeatBar(byId("event-seats"), event.title);
  seatBar.setTitle(event.title);
  updates ??= new EventUpdates(event, showEvent);
  updates.setEvent(event);
  byId("event-edit").href = `#/events/${event.id}/edit`;
  byId("event-activity").href = `#/events/${event.id}/activity`;
  byId("event-actions").hidden = false;
  booking.show(event);
  showSeats(event);
}

/** @param status of the event, or the event itself */
function showSeats(status) {
  if (seatBar?.show(status)) {
    booking.showSeats(status);
  }
}

/** Reads and shows the event. Resolves to the url of its stream, or to undefined when the event was deleted. */
async function refresh(asked) {
  try {
    const event = await readEvent(asked);
    if (asked === id) {
      showEvent(event);
    }
    return statusOf(asked);
  } catch (error) {
    if (error.problem.retryable) {
      throw error;
    }
    if (asked === id) {
      showUnavailable(error);
    }
    return undefined;
  }
}

function showUnavailable(error) {
  booking.hide();
  updates?.stop();
  byId("event-actions").hidden = true;
  if (seatBar) {
    seatBar.showDeleted();
  } else {
    showTexts(error.status === 404 ? "No such event" : "This event cannot be shown", problemText(error.problem));
  }
}

/** Reads the event after a booking, for the case that the stream is lost. */
async function refreshSeats(asked) {
  try {
    const event = await readEvent(asked);
    if (asked === id) {
      showEvent(event);
    }
  } catch {
    // The stream brings the next change.
  }
}

/** The next state is shown whatever its revision. */
function reset() {
  revision = -1;
  seatBar?.reset();
}

function clear() {
  revision = -1;
  seatBar = undefined;
  updates?.stop();
  updates = undefined;
  booking.hide();
  showTexts("…");
  byId("event-when").replaceChildren();
  byId("event-seats").replaceChildren();
  byId("event-actions").hidden = true;
}

export const eventView = {
  async show(asked) {
    clear();
    id = asked;
    const url = await refresh(asked).catch(() => NO_URL_YET);
    if (asked === id) {
      live.subscribe({
        url,
        onStatus: (status) => {
          showSeats(status);
          updates?.onRevision(status.revision);
        },
        onClosed: () => {
          live.stop();
          showUnavailable();
        },
        reset,
        refresh: () => refresh(asked),
      });
    }
  },
  hide() {
    id = undefined;
    clear();
  },
  setUp() {
    booking.setUp(refreshSeats);
  },
};
