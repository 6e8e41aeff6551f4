import { createView } from "./create.js";
import { byId } from "./dom.js";
import { editView } from "./edit.js";
import { eventView } from "./event.js";
import { events } from "./events.js";
import { live } from "./live.js";
import { mine } from "./mine.js";
import { keepScroll, scrollTarget } from "./place.js";
import { raceView } from "./race.js";
import { setUpToken } from "./token.js";
import { RULE } from "./user.js";

const VIEWS = [
  { name: "events", section: "events", view: events, at: /^#?\/?$/, title: "Events" },
  { name: "event", section: "event", view: eventView, at: /^#\/events\/(\w+)$/, title: "Event" },
  { name: "edit", section: "form", view: editView, at: /^#\/events\/(\w+)\/edit$/, title: "Edit the event" },
  { name: "new", section: "form", view: createView, at: /^#\/new$/, title: "New event" },
  { name: "seats", section: "seats", view: mine, at: /^#\/seats$/, title: "My seats" },
  { name: "race", section: "race", view: raceView, at: /^#\/race$/, title: "The race" },
  { name: "none", section: "none", view: { show() {}, hide() {}, setUp() {} }, at: /^/, title: "Not found" },
];

let current;

/**
 * Shows the view that the address names. After a link of the page the focus goes to its heading, once that says what is
 * shown; after Back it goes to where it was, as the view knows it, and the page scrolls there.
 */
async function go(isFirst) {
  const next = VIEWS.find(({ at }) => at.test(location.hash));
  const scroll = scrollTarget();
  live.stop();
  current?.view.hide();
  current = next;
  document.title = `${next.title} · Lastseat`;
  new Set(VIEWS.map(({ section }) => section)).forEach((section) => {
    byId(`view-${section}`).hidden = section !== next.section;
  });
  document.querySelectorAll("[data-nav]").forEach((link) => {
    link.toggleAttribute("aria-current", false);
    if (link.dataset.nav === next.name) {
      link.setAttribute("aria-current", "page");
    }
  });
  const hash = location.hash;
  scrollTo(0, 0);
  const state = await next.view.show(next.at.exec(hash)[1]);
  if (location.hash !== hash) {
    return;
  }
  scrollTo(0, scroll);
  if (!isFirst && !state?.focused) {
    byId(`view-${next.section}`).querySelector("h1").focus({ preventScroll: true });
  }
}

/** A link to the view that is shown leads to its beginning. */
function onLink(click) {
  const link = click.target.closest("[data-nav]");
  if (link && link.hash === (location.hash || "#/")) {
    click.preventDefault();
    history.replaceState(null, "");
    go(false);
  }
}

document.querySelectorAll(".user-rule").forEach((hint) => {
  hint.textContent = RULE;
});
VIEWS.forEach(({ view }) => view.setUp());
setUpToken();
keepScroll();
document.querySelector(".skip").addEventListener("click", (click) => {
  click.preventDefault();
  byId("main").focus();
});
document.addEventListener("click", onLink);
addEventListener("hashchange", () => go(false));
go(true);
