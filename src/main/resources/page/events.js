import { listEvents, statusOfAll } from "./api.js";
import { Cards } from "./cards.js";
import { dayElement, midnight } from "./dates.js";
import { byId, plural, showMessage } from "./dom.js";
import { NO_URL_YET, live } from "./live-stream.js";
import { problemText } from "./problem-text.js";
import { MAX_FOUND, TitleSearch } from "./title-search.js";
import { viewState } from "./view-state.js";

/** Events on a page of the list; one stream can carry 100. */
const PAGE_SIZE = 24;

/** Milliseconds between two reads of the page of the list, which find new events. */
const REFRESH_INTERVAL = 30000;

/** Milliseconds from a change of a title or a date to its read. One read serves all changes in between. */
const REFRESH_DELAY = 500;

/** Cursors of the pages up to the current one; filters; the event that was opened last. */
const INITIAL = { cursors: [], date: "", past: false, text: "", opened: "" };

let cards;
let state = INITIAL;
let next;
let search;
/** Number of the current read. The results of an earlier read are dropped. */
let currentRead = 0;
let refreshInterval;
let refreshTimer;

const from = () => (state.past ? "" : midnight(state.date));

const message = (kind, ...text) => showMessage(byId("events-note"), kind, ...text);

/** Keeps the state in the browser history, for Back and reload. */
function setState(changes) {
  state = { ...state, ...changes };
  viewState.set("list", state);
}

function showEvents(events) {
  cards.show(events);
  byId("events-none").hidden = events.length > 0 || Boolean(state.text);
  byId("pager").hidden = Boolean(state.text) || (!next && state.cursors.length === 0);
  byId("page-number").textContent = `Page ${state.cursors.length + 1}`;
  byId("previous-page").disabled = state.cursors.length === 0;
  byId("next-page").disabled = !next;
  byId("search-more").hidden = !state.text || !search?.hasMore;
}

/** Reads and shows the page of the list. Resolves to false when another read has started since. */
async function readPage() {
  currentRead += 1;
  const read = currentRead;
  const page = await listEvents({ limit: PAGE_SIZE, after: state.cursors.at(-1), from: from() });
  if (read !== currentRead) {
    return false;
  }
  next = page.next;
  showEvents(page.events);
  message("good");
  return true;
}

function showProgress() {
  message("busy", `Searching… ${plural(search.read, "event")} read, ${plural(search.found.length, "event")} found.`);
}

function showResult() {
  const found = `${plural(search.found.length, "event")} found`;
  const read = `${plural(search.read, "event")} read`;
  if (search.found.length >= MAX_FOUND) {
    message("good", `${found}, the maximum. Search for more words of the title.`);
  } else if (search.hasMore) {
    message("good", `${found}; ${read}, up to `, dayElement(search.reached), ".");
  } else {
    message("good", `${found}; ${read}, the whole list.`);
  }
}

/** Runs one step of the search. Resolves to false when another read has started since. */
async function searchStep() {
  currentRead += 1;
  const read = currentRead;
  const own = search;
  byId("search-more").hidden = true;
  showProgress();
  await own.step(() => {
    if (read === currentRead) {
      showEvents(own.found);
      byId("search-more").hidden = true;
      showProgress();
    }
    return read === currentRead;
  });
  if (read !== currentRead) {
    return false;
  }
  showEvents(own.found);
  showResult();
  setState({ read: own.read });
  return true;
}

/** Starts the search. After Back or a reload it reads as many events as before. */
async function startSearch() {
  const readBefore = state.read ?? 0;
  search = new TitleSearch(state.text, from());
  cards.clear();
  let isCurrent;
  do {
    isCurrent = await searchStep();
  } while (isCurrent && search.read < readBefore && search.hasMore);
  return isCurrent;
}

const subscription = () => ({
  url: cards.ids.length ? statusOfAll(cards.ids) : undefined,
  onStatus: (status) => {
    if (cards.showStatus(status) && !state.text) {
      clearTimeout(refreshTimer);
      refreshTimer = setTimeout(refresh, REFRESH_DELAY);
    }
  },
  onClosed: (closed) => cards.showDeleted(JSON.parse(closed.data).eventId),
  reset: () => cards.reset(),
  refresh: async () => {
    await (state.text ? startSearch() : readPage());
    return subscription().url;
  },
});

function subscribe() {
  if (!byId("view-events").hidden) {
    live.subscribe(subscription());
  }
}

async function load() {
  try {
    if (await (state.text ? startSearch() : readPage())) {
      subscribe();
    }
  } catch (error) {
    message("bad", problemText(error.problem));
    if (error.problem.retryable && !byId("view-events").hidden) {
      live.subscribe({ ...subscription(), url: NO_URL_YET });
    }
  }
}

/** Finds new events, and changes of titles and dates, which the stream does not carry. */
async function refresh() {
  if (document.hidden || state.text || byId("view-events").hidden) {
    return;
  }
  const before = cards.ids.join();
  try {
    if (await readPage() && before !== cards.ids.join()) {
      subscribe();
    }
  } catch {
    // The stream reports a lost connection; the timer tries again.
  }
}

async function openList(changes) {
  setState(changes);
  message("busy", state.text ? "Searching…" : "Loading…");
  await load();
}

async function openPage(cursors) {
  await openList({ cursors });
  scrollTo(0, 0);
  byId("events-title").focus();
}

async function continueSearch() {
  try {
    if (await searchStep()) {
      subscribe();
    }
  } catch (error) {
    byId("search-more").hidden = false;
    message("bad", problemText(error.problem));
  }
}

function setUpFilters() {
  byId("search").addEventListener("submit", (submission) => {
    submission.preventDefault();
    openList({ text: byId("search-text").value.trim(), cursors: [], read: 0 });
  });
  byId("search-text").addEventListener("search", () => {
    if (!byId("search-text").value && state.text) {
      openList({ text: "", cursors: [] });
    }
  });
  byId("search-date").addEventListener("change", () => {
    byId("past").checked = false;
    openList({ date: byId("search-date").value, past: false, cursors: [], read: 0 });
  });
  byId("past").addEventListener("change", ({ target }) => {
    byId("search-date").value = "";
    openList({ date: "", past: target.checked, cursors: [], read: 0 });
  });
}

export const eventsView = {
  async show() {
    state = { ...INITIAL, ...viewState.get("list") };
    byId("search-text").value = state.text;
    byId("search-date").value = state.date;
    byId("past").checked = state.past;
    cards.clear();
    ["pager", "search-more", "events-none"].forEach((id) => {
      byId(id).hidden = true;
    });
    message("busy", "Loading…");
    refreshInterval = setInterval(refresh, REFRESH_INTERVAL);
    await load();
    return { hasFocus: cards.focus(state.opened) };
  },
  hide() {
    currentRead += 1;
    clearInterval(refreshInterval);
    clearTimeout(refreshTimer);
  },
  setUp() {
    cards = new Cards(byId("cards"));
    byId("cards").addEventListener("click", ({ target }) => {
      const link = target.closest("a");
      if (link) {
        setState({ opened: link.hash.split("/").at(-1) });
      }
    });
    setUpFilters();
    byId("next-page").addEventListener("click", () => openPage([...state.cursors, next]));
    byId("previous-page").addEventListener("click", () => openPage(state.cursors.slice(0, -1)));
    byId("search-more").addEventListener("click", continueSearch);
  },
};
