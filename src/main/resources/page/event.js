import { readEvent, statusOf } from "./api.js";
import { booking } from "./booking.js";
import { Details } from "./details.js";
import { byId } from "./dom.js";
import { LATER, live } from "./live.js";
import { phaseOf, showWhen } from "./moments.js";
import { Seats } from "./seats.js";
import { shown } from "./text.js";
import { inWords } from "./words.js";

let id;
let seats;
let details;

/** The revision that is shown. */
let revision = -1;

function describe(title, about) {
  byId("event-title").textContent = shown(title);
  byId("event-about").textContent = shown(about ?? "");
  document.title = `${shown(title)} · Lastseat`;
}

function show(event) {
  if (event.revision < revision) {
    return;
  }
  revision = event.revision;
  describe(event.title, event.description);
  showWhen(byId("event-when"), event);
  byId("view-event").dataset.phase = phaseOf(event);
  seats ??= new Seats(byId("event-seats"), event.title);
  seats.name(event.title);
  seats.show(event);
  details ??= new Details(event, show);
  details.know(event);
  byId("event-edit").href = `#/events/${event.id}/edit`;
  byId("event-more").hidden = false;
  booking.show(event);
}

/** Reads the event anew. Resolves to the stream to watch; to nothing when the event was deleted. */
async function refresh(asked) {
  try {
    const event = await readEvent(asked);
    if (asked === id) {
      show(event);
    }
    return statusOf(asked);
  } catch (refusal) {
    if (refusal.problem.retryable) {
      throw refusal;
    }
    if (asked === id) {
      close(refusal);
    }
    return undefined;
  }
}

function close(refusal) {
  booking.hide();
  details?.end();
  byId("event-more").hidden = true;
  if (seats) {
    seats.close();
  } else {
    describe(refusal.status === 404 ? "No such event" : "This event cannot be shown", inWords(refusal.problem));
  }
}

/** Shows the seats even where the stream is lost. */
async function showSeats(asked) {
  try {
    const event = await readEvent(asked);
    if (asked === id) {
      show(event);
    }
  } catch {
    // The stream brings the next change.
  }
}

/** What comes next is shown, whatever its revision. */
function forget() {
  revision = -1;
  seats?.forget();
}

function clear() {
  revision = -1;
  seats = undefined;
  details?.end();
  details = undefined;
  booking.hide();
  describe("…");
  byId("event-when").replaceChildren();
  byId("event-seats").replaceChildren();
  byId("event-more").hidden = true;
}

export const eventView = {
  async show(asked) {
    clear();
    id = asked;
    const url = await refresh(asked).catch(() => LATER);
    if (asked === id) {
      live.watch({
        url,
        onStatus: (status) => {
          seats?.show(status);
          details?.want(status);
        },
        onClosed: () => {
          live.stop();
          close();
        },
        forget,
        refresh: () => refresh(asked),
      });
    }
  },
  hide() {
    id = undefined;
    clear();
  },
  setUp() {
    booking.setUp(showSeats);
  },
};
