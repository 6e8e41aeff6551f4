import { listEvents, statusOfAll } from "./api.js";
import { Cards } from "./cards.js";
import { byId, plural, say } from "./dom.js";
import { LATER, live } from "./live.js";
import { day, midnight } from "./moments.js";
import { place } from "./place.js";
import { MOST, Search } from "./search.js";
import { inWords } from "./words.js";

/** Events on a page of the list; one stream can carry 100. */
const PAGE = 24;

/** Milliseconds after which the list is read anew, for new events. */
const REFRESH = 30000;

/** Milliseconds until a change of a title or a date is read: changes in between are read with it. */
const SOON = 500;

const FIRST = { cursors: [], date: "", past: false, text: "", opened: "" };

let cards;
let at = FIRST;
let next;
let search;
let turn = 0;
let timer;
let soon;

const start = () => (at.past ? "" : midnight(at.date));

/** The place goes to the history, so Back and a reload lead to it. */
function keep(changes) {
  at = { ...at, ...changes };
  place.set("list", at);
}

function show(events) {
  cards.show(events);
  byId("events-none").hidden = events.length > 0 || Boolean(at.text);
  byId("pager").hidden = Boolean(at.text) || (!next && at.cursors.length === 0);
  byId("page-number").textContent = `Page ${at.cursors.length + 1}`;
  byId("previous").disabled = at.cursors.length === 0;
  byId("more").disabled = !next;
  byId("further").hidden = !at.text || !search?.canGoOn;
}

/** Reads the page of the list. Resolves to nothing when another has been asked for meanwhile. */
async function readPage() {
  turn += 1;
  const mine = turn;
  const page = await listEvents({ limit: PAGE, after: at.cursors.at(-1), from: start() });
  if (mine !== turn) {
    return false;
  }
  next = page.next;
  show(page.events);
  say(byId("events-note"), "good");
  return true;
}

function tell(mine) {
  const found = `${plural(search.found.length, "event")} found`;
  const read = `${plural(search.read, "event")} read`;
  if (mine) {
    say(byId("events-note"), "busy", `Searching… ${read}, ${found}.`);
  } else if (search.found.length >= MOST) {
    say(byId("events-note"), "good", `${found}, the most that are shown. Search for more words of the title.`);
  } else if (search.canGoOn) {
    say(byId("events-note"), "good", `${found}; ${read}, up to `, day(search.reached), ".");
  } else {
    say(byId("events-note"), "good", `${found}; ${read}, that is all.`);
  }
}

/** Searches on by one round. Resolves to whether no other search or page was asked for meanwhile. */
async function searchFurther() {
  turn += 1;
  const mine = turn;
  const own = search;
  byId("further").hidden = true;
  tell(true);
  await own.further(() => {
    if (mine === turn) {
      show(own.found);
      byId("further").hidden = true;
      tell(true);
    }
    return mine === turn;
  });
  if (mine !== turn) {
    return false;
  }
  show(own.found);
  tell(false);
  keep({ read: own.read });
  return true;
}

/** A search that is come back to reads as far as it had. */
async function searchAnew() {
  const far = at.read ?? 0;
  search = new Search(at.text, start());
  cards.clear();
  let mine;
  do {
    mine = await searchFurther();
  } while (mine && search.read < far && search.canGoOn);
  return mine;
}

const watched = () => ({
  url: cards.ids.length ? statusOfAll(cards.ids) : undefined,
  onStatus: (status) => {
    if (cards.status(status) && !at.text) {
      clearTimeout(soon);
      soon = setTimeout(refresh, SOON);
    }
  },
  onClosed: (message) => cards.close(JSON.parse(message.data).eventId),
  forget: () => cards.forget(),
  refresh: async () => {
    await (at.text ? searchAnew() : readPage());
    return watched().url;
  },
});

function watch() {
  if (!byId("view-events").hidden) {
    live.watch(watched());
  }
}

async function load() {
  try {
    if (await (at.text ? searchAnew() : readPage())) {
      watch();
    }
  } catch (refusal) {
    say(byId("events-note"), "bad", inWords(refusal.problem));
    if (refusal.problem.retryable && !byId("view-events").hidden) {
      live.watch({ ...watched(), url: LATER });
    }
  }
}

/** New events, and changes that the stream does not tell. */
async function refresh() {
  if (document.hidden || at.text || byId("view-events").hidden) {
    return;
  }
  const before = cards.ids.join();
  try {
    if (await readPage() && before !== cards.ids.join()) {
      watch();
    }
  } catch {
    // The stream says that the connection is lost; the timer tries again.
  }
}

async function goTo(changes) {
  keep(changes);
  say(byId("events-note"), "busy", at.text ? "Searching…" : "Loading…");
  await load();
}

async function turnTo(cursors) {
  await goTo({ cursors });
  scrollTo(0, 0);
  byId("events-title").focus();
}

async function goOn() {
  try {
    if (await searchFurther()) {
      watch();
    }
  } catch (refusal) {
    byId("further").hidden = false;
    say(byId("events-note"), "bad", inWords(refusal.problem));
  }
}

export const events = {
  async show() {
    at = { ...FIRST, ...place.get("list") };
    byId("find-text").value = at.text;
    byId("find-date").value = at.date;
    byId("past").checked = at.past;
    cards.clear();
    ["pager", "further", "events-none"].forEach((id) => {
      byId(id).hidden = true;
    });
    say(byId("events-note"), "busy", "Loading…");
    timer = setInterval(refresh, REFRESH);
    await load();
    return { focused: cards.focus(at.opened) };
  },
  hide() {
    turn += 1;
    clearInterval(timer);
    clearTimeout(soon);
  },
  setUp() {
    cards = new Cards(byId("cards"));
    byId("cards").addEventListener("click", ({ target }) => {
      const link = target.closest("a");
      if (link) {
        keep({ opened: link.hash.split("/").at(-1) });
      }
    });
    byId("find").addEventListener("submit", (submission) => {
      submission.preventDefault();
      goTo({ text: byId("find-text").value.trim(), cursors: [], read: 0 });
    });
    byId("find-text").addEventListener("search", () => {
      if (!byId("find-text").value && at.text) {
        goTo({ text: "", cursors: [] });
      }
    });
    byId("find-date").addEventListener("change", () => {
      byId("past").checked = false;
      goTo({ date: byId("find-date").value, past: false, cursors: [], read: 0 });
    });
    byId("past").addEventListener("change", ({ target }) => {
      byId("find-date").value = "";
      goTo({ date: "", past: target.checked, cursors: [], read: 0 });
    });
    byId("more").addEventListener("click", () => turnTo([...at.cursors, next]));
    byId("previous").addEventListener("click", () => turnTo(at.cursors.slice(0, -1)));
    byId("further").addEventListener("click", goOn);
  },
};
