import { listEvents, statusOfAll } from "./api.js";
import { byId, element, say, when } from "./dom.js";
import { LATER, live } from "./live.js";
import { Seats } from "./seats.js";
import { inWords } from "./words.js";

/** Events on a page of the list; one stream can hold 100. */
const PAGE = 24;

/** Milliseconds after which the list is read anew, for events that others have added. */
const REFRESH = 30000;

let shown = new Map();
let cursors = [];
let next;
let timer;

function card(event) {
  const item = element("li", "card");
  const title = element("h2");
  const link = element("a", "", event.title);
  link.href = `#/events/${event.id}`;
  title.append(link);
  const seats = element("div");
  item.append(title, element("p", "when", when(event)), seats);
  return { item, seats: new Seats(seats, event.title) };
}

/** Midnight, so that what goes on today is there. */
function today() {
  return new Date(new Date().setHours(0, 0, 0, 0)).toISOString();
}

/** Puts the cards on the page. Who is at one of them stays there. */
function deal() {
  const focused = document.activeElement;
  byId("cards").replaceChildren(...[...shown.values()].map(({ item }) => item));
  if (byId("cards").contains(focused)) {
    focused.focus();
  }
}

async function read() {
  const page = await listEvents({ limit: PAGE, after: cursors.at(-1), from: byId("past").checked ? "" : today() });
  next = page.next;
  const before = shown;
  shown = new Map(page.events.map((event) => [event.id, before.get(event.id) ?? card(event)]));
  page.events.forEach((event) => shown.get(event.id).seats.show(event));
  byId("pager").hidden = !next && cursors.length === 0;
  byId("previous").disabled = cursors.length === 0;
  byId("more").disabled = !next;
  say(byId("events-note"), "good", "");
  byId("events-none").hidden = shown.size > 0;
  const same = [...before.keys()].join() === [...shown.keys()].join();
  if (!same) {
    deal();
  }
  return { same, url: shown.size ? statusOfAll([...shown.keys()]) : undefined };
}

const watched = (url) => ({
  url,
  onStatus: (status) => shown.get(status.eventId)?.seats.show(status),
  onClosed: (message) => shown.get(JSON.parse(message.data).eventId)?.seats.close(),
  refresh: async () => (await read()).url,
});

async function load() {
  try {
    watch((await read()).url);
  } catch (refusal) {
    say(byId("events-note"), "bad", inWords(refusal.problem));
    if (refusal.problem.retryable) {
      watch(LATER);
    }
  }
}

function watch(url) {
  if (!byId("view-events").hidden) {
    live.watch(watched(url));
  }
}

async function refresh() {
  if (document.hidden) {
    return;
  }
  try {
    const { same, url } = await read();
    if (!same) {
      watch(url);
    }
  } catch {
    // The stream says that the connection is lost, and the next turn comes.
  }
}

export const events = {
  show() {
    shown = new Map();
    cursors = [];
    byId("cards").replaceChildren();
    byId("events-none").hidden = true;
    say(byId("events-note"), "busy", "Loading…");
    timer = setInterval(refresh, REFRESH);
    return load();
  },
  hide() {
    clearInterval(timer);
  },
  setUp() {
    byId("past").addEventListener("change", () => turn([]));
    byId("more").addEventListener("click", () => turn([...cursors, next]));
    byId("previous").addEventListener("click", () => turn(cursors.slice(0, -1)));
  },
};

async function turn(to) {
  cursors = to;
  await load();
  byId("events-title").focus();
}
