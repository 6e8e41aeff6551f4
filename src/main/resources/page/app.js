import { activityView } from "./activity.js";
import { createView } from "./create.js";
import { byId } from "./dom.js";
import { editView } from "./edit.js";
import { eventView } from "./event.js";
import { eventsView } from "./events.js";
import { live } from "./live-stream.js";
import { mySeatsView } from "./my-seats.js";
import { notice } from "./notice.js";
import { raceView } from "./race.js";
import { setUpToken } from "./token.js";
import { USER_ID_RULE } from "./user-id.js";
import { saveScroll, savedScroll } from "./view-state.js";

const VIEWS = [
  { name: "events", section: "events", view: eventsView, hash: /^#?\/?$/, title: "Events" },
  { name: "event", section: "event", view: eventView, hash: /^#\/events\/(\w+)$/, title: "Event" },
  { name: "edit", section: "form", view: editView, hash: /^#\/events\/(\w+)\/edit$/, title: "Edit the event" },
  { name: "activity", section: "activity", view: activityView, hash: /^#\/events\/(\w+)\/activity$/, title: "Holds, waiting list and journal" },
  { name: "new", section: "form", view: createView, hash: /^#\/new$/, title: "New event" },
  { name: "seats", section: "seats", view: mySeatsView, hash: /^#\/seats$/, title: "My seats" },
  { name: "race", section: "race", view: raceView, hash: /^#\/race$/, title: "The race" },
  { name: "none", section: "none", view: { show() {}, hide() {}, setUp() {} }, hash: /^/, title: "Not found" },
];

let current;

/**
 * Shows the view that the address names. Then the focus goes to the heading of the view, unless the view has set it, as
 * after Back. The scroll position is that saved in the browser history.
 */
async function showView(isFirst) {
  const next = VIEWS.find((view) => view.hash.test(location.hash));
  const scroll = savedScroll();
  live.stop();
  current?.view.hide();
  current = next;
  notice.setTitle(`${next.title} · Lastseat`);
  new Set(VIEWS.map(({ section }) => section)).forEach((section) => {
    byId(`view-${section}`).hidden = section !== next.section;
  });
  document.querySelectorAll("[data-nav]").forEach((link) => {
    link.toggleAttribute("aria-current", false);
    if (link.dataset.nav === next.name) {
      link.setAttribute("aria-current", "page");
    }
  });
  const { hash } = location;
  scrollTo(0, 0);
  const result = await next.view.show(next.hash.exec(hash)[1]);
  if (location.hash !== hash) {
    return;
  }
  scrollTo(0, scroll);
  if (!isFirst && !result?.hasFocus) {
    byId(`view-${next.section}`).querySelector("h1").focus({ preventScroll: true });
  }
}

/** A link to the current view shows the view in its initial state. */
function onLink(click) {
  const link = click.target.closest("[data-nav]");
  if (link && link.hash === (location.hash || "#/")) {
    click.preventDefault();
    history.replaceState(null, "");
    showView(false);
  }
}

document.querySelectorAll(".user-rule").forEach((hint) => {
  hint.textContent = USER_ID_RULE;
});
VIEWS.forEach(({ view }) => view.setUp());
setUpToken();
saveScroll();
document.querySelector(".skip").addEventListener("click", (click) => {
  click.preventDefault();
  byId("main").focus();
});
document.addEventListener("click", onLink);
addEventListener("hashchange", () => showView(false));
showView(true);
