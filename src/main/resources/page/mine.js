import { listEventsOf, statusOfAll } from "./api.js";
import { Cards } from "./cards.js";
import { byId, onSubmit, say } from "./dom.js";
import { live } from "./live.js";
import { offerToken } from "./token.js";
import { mistake, offerUser, readUser } from "./user.js";
import { inWords } from "./words.js";

/** Events in one request, and in one stream: the most that both allow. */
const PAGE = 100;

let cards;
let user;
let cursors;
let next;

async function read() {
  const asked = user;
  const page = await listEventsOf(asked, { limit: PAGE, after: cursors.at(-1) });
  if (asked !== user) {
    return undefined;
  }
  next = page.next;
  cards.show(page.events);
  byId("mine-pager").hidden = !next && cursors.length === 0;
  byId("mine-previous").disabled = cursors.length === 0;
  byId("mine-more").disabled = !next;
  say(byId("mine-outcome"), "good", cards.ids.length ? `${asked} has a ticket for:` : `${asked} has no tickets.`);
  return cards.ids.length ? statusOfAll(cards.ids) : undefined;
}

async function load() {
  const outcome = byId("mine-outcome");
  say(outcome, "busy", "Asking…");
  try {
    const url = await read();
    if (!byId("view-seats").hidden) {
      live.watch({
        url,
        onStatus: (status) => cards.status(status),
        onClosed: (message) => cards.close(JSON.parse(message.data).eventId),
        forget: () => cards.forget(),
        refresh: read,
      });
    }
  } catch ({ status, problem }) {
    say(outcome, "bad", inWords(problem));
    if (status === 401) {
      offerToken();
    }
  }
}

async function ask() {
  user = readUser("mine-user");
  cursors = [];
  cards.clear();
  byId("mine-pager").hidden = true;
  if (user) {
    await load();
  } else {
    say(byId("mine-outcome"), "bad", mistake("mine-user"));
  }
}

async function turnTo(to) {
  cursors = to;
  await load();
  byId("seats-title").focus();
}

/** The seats of one user, whose id stays out of the address. */
export const mine = {
  async show() {
    cards.clear();
    byId("mine-pager").hidden = true;
    say(byId("mine-outcome"), "good");
    offerUser("mine-user");
    if (byId("mine-user").value) {
      await ask();
    }
  },
  hide() {
    user = undefined;
  },
  setUp() {
    cards = new Cards(byId("mine-cards"));
    onSubmit(byId("mine"), ask);
    byId("mine-more").addEventListener("click", () => turnTo([...cursors, next]));
    byId("mine-previous").addEventListener("click", () => turnTo(cursors.slice(0, -1)));
  },
};
