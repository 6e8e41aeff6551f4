import { listHolds, listWaiting, readEvent, readJournal, statusOf } from "./api.js";
import { timeElement } from "./dates.js";
import { byId, element, formatNumber } from "./dom.js";
import { live } from "./live-stream.js";
import { PAGE_SIZE, PagedTable } from "./paged-table.js";
import { problemText } from "./problem-text.js";
import { SeatBar } from "./seat-bar.js";
import { displayText } from "./text.js";
import { onToken } from "./token.js";

/** Milliseconds between two reads of a changing event. Random, so that clients do not read together. */
const readDelay = () => 1000 + Math.random() * 1000;

/** What an entry of the journal says of its user, or of the event. */
const CHANGES = {
  "booked": "booked a seat",
  "released": "cancelled the booking",
  "held": "holds a seat",
  "confirmed": "confirmed the booking",
  "expired": "did not confirm in time",
  "hold-released": "gave the seat back",
  "joined": "joined the waiting list",
  "left": "left the waiting list",
  "offered": "was offered a seat",
  "declined": "declined the offer",
  "capacity-changed": "The number of seats was changed",
  "cancelled": "The event was deleted",
};

/** Searches the last page of the journal, because the service does not count the entries. A cursor is a number of entries. */
async function lastPageOfJournal(event) {
  const hasEntries = async (page) => (await readJournal(event, { limit: 1, after: page * PAGE_SIZE })).entries.length > 0;
  let last = 0;
  let beyond = 1;
  while (await hasEntries(beyond)) {
    last = beyond;
    beyond *= 4;
  }
  while (beyond - last > 1) {
    const middle = Math.floor((last + beyond) / 2);
    if (await hasEntries(middle)) {
      last = middle;
    } else {
      beyond = middle;
    }
  }
  return Array.from({ length: last }, (_, page) => (page + 1) * PAGE_SIZE);
}

const HOLDS = {
  title: "Holds and offers",
  columns: ["User", "Kind", "Until"],
  empty: "No seat is held or offered.",
  read: async (event, page) => {
    const { holds, next } = await listHolds(event, page);
    return { items: holds, next };
  },
  cells: ({ userId, offer, expiresAt }) => [userId, offer ? "offer" : "hold", timeElement(expiresAt)],
};

const WAITING = {
  title: "Waiting list",
  columns: ["Position", "User"],
  empty: "No user waits.",
  read: async (event, page) => {
    const { userIds, next } = await listWaiting(event, page);
    return { items: userIds, next };
  },
  cells: (userId, number) => [formatNumber(number), userId],
};

const JOURNAL = {
  title: "Journal",
  columns: ["Number", "Time", "User", "Change"],
  empty: "No entry yet.",
  read: async (event, page) => {
    const { entries, next } = await readJournal(event, page);
    return { items: entries, next };
  },
  lastPage: lastPageOfJournal,
  cells: ({ seq, at, op, userId }) => [formatNumber(seq), timeElement(at), userId ?? "", CHANGES[op] ?? op],
};

let tables;
let id;
let seatBar;
let timer;

function refreshTables() {
  clearTimeout(timer);
  timer = undefined;
  tables.forEach((table) => table.refresh());
}

/** One read serves all changes in between. */
function refreshSoon() {
  timer ??= setTimeout(refreshTables, readDelay());
}

/** Reads and shows the event. Resolves to the url of its stream, or to undefined when the event was deleted. */
async function readTitle(asked) {
  try {
    const event = await readEvent(asked);
    if (asked === id) {
      const link = element("a", "", displayText(event.title));
      link.href = `#/events/${asked}`;
      byId("activity-event").replaceChildren(link);
      seatBar ??= new SeatBar(byId("activity-seats"), event.title);
      seatBar.show(event);
    }
    return statusOf(asked);
  } catch ({ problem }) {
    if (asked === id) {
      byId("activity-event").textContent = problemText(problem);
    }
    return undefined;
  }
}

function onDeleted() {
  live.stop();
  seatBar?.showDeleted();
  refreshTables();
}

/** What an organiser sees of an event: the holds, the waiting list and the journal. */
export const activityView = {
  async show(asked) {
    id = asked;
    byId("activity-event").textContent = "…";
    byId("activity-seats").replaceChildren();
    seatBar = undefined;
    tables.forEach((table) => table.show(asked));
    const url = await readTitle(asked);
    if (asked === id) {
      live.subscribe({
        url,
        onStatus: (status) => {
          if (seatBar?.show(status)) {
            refreshSoon();
          }
        },
        onClosed: onDeleted,
        reset: () => seatBar?.reset(),
        refresh: () => {
          refreshTables();
          return readTitle(asked);
        },
      });
    }
  },
  hide() {
    id = undefined;
    clearTimeout(timer);
    timer = undefined;
    tables.forEach((table) => table.hide());
  },
  setUp() {
    tables = [new PagedTable("holds", HOLDS), new PagedTable("waiting-list", WAITING), new PagedTable("journal", JOURNAL)];
    onToken(() => {
      if (id) {
        refreshTables();
      }
    });
  },
};
