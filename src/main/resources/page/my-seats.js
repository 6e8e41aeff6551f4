import { listEventsOf, statusOfAll } from "./api.js";
import { Cards } from "./cards.js";
import { byId, onSubmit, showMessage } from "./dom.js";
import { live } from "./live-stream.js";
import { problemText } from "./problem-text.js";
import { openTokenForm } from "./token.js";
import { prefillUserId, readUserId, userIdError } from "./user-id.js";

/** Events in one request, and in one stream: the maximum of both. */
const PAGE_SIZE = 100;

let cards;
let user;
let cursors;
let next;

/** Reads and shows a page of the list. Resolves to the url of its stream. */
async function readPage() {
  const asked = user;
  const page = await listEventsOf(asked, { limit: PAGE_SIZE, after: cursors.at(-1) });
  if (asked !== user) {
    return undefined;
  }
  next = page.next;
  cards.show(page.events);
  byId("seats-pager").hidden = !next && cursors.length === 0;
  byId("seats-previous").disabled = cursors.length === 0;
  byId("seats-next").disabled = !next;
  showMessage(byId("seats-outcome"), "good", cards.ids.length ? `${asked} has a ticket for:` : `${asked} has no tickets.`);
  return cards.ids.length ? statusOfAll(cards.ids) : undefined;
}

async function load() {
  const outcome = byId("seats-outcome");
  showMessage(outcome, "busy", "Loading…");
  try {
    const url = await readPage();
    if (!byId("view-seats").hidden) {
      live.subscribe({
        url,
        onStatus: (status) => cards.showStatus(status),
        onClosed: (message) => cards.showDeleted(JSON.parse(message.data).eventId),
        reset: () => cards.reset(),
        refresh: readPage,
      });
    }
  } catch ({ status, problem }) {
    showMessage(outcome, "bad", problemText(problem));
    if (status === 401) {
      openTokenForm();
    }
  }
}

async function submit() {
  user = readUserId("seats-user");
  cursors = [];
  cards.clear();
  byId("seats-pager").hidden = true;
  if (user) {
    await load();
  } else {
    showMessage(byId("seats-outcome"), "bad", userIdError("seats-user"));
  }
}

async function openPage(ofCursors) {
  cursors = ofCursors;
  await load();
  byId("seats-title").focus();
}

/** The seats of one user. The user id is not part of the address. */
export const mySeatsView = {
  async show() {
    cards.clear();
    byId("seats-pager").hidden = true;
    showMessage(byId("seats-outcome"), "good");
    prefillUserId("seats-user");
    if (byId("seats-user").value) {
      await submit();
    }
  },
  hide() {
    user = undefined;
  },
  setUp() {
    cards = new Cards(byId("seats-cards"));
    onSubmit(byId("seats"), submit);
    byId("seats-next").addEventListener("click", () => openPage([...cursors, next]));
    byId("seats-previous").addEventListener("click", () => openPage(cursors.slice(0, -1)));
  },
};
