import { createView } from "./create.js";
import { byId } from "./dom.js";
import { eventView } from "./event.js";
import { events } from "./events.js";
import { live } from "./live.js";
import { raceView } from "./race.js";
import { setUpToken } from "./token.js";

const VIEWS = {
  events: { view: events, at: /^#?\/?$/, title: "Events" },
  event: { view: eventView, at: /^#\/events\/(\w+)$/, title: "Event" },
  new: { view: createView, at: /^#\/new$/, title: "New event" },
  race: { view: raceView, at: /^#\/race$/, title: "The race" },
  none: { view: { show() {}, hide() {}, setUp() {} }, at: /^/, title: "Nothing here" },
};

let current;

/** Shows the view that the address names. Who came by a link is taken to its heading, once that says what is shown. */
async function go(isFirst) {
  const [name, { view, at, title }] = Object.entries(VIEWS).find(([, each]) => each.at.test(location.hash));
  live.stop();
  current?.hide();
  current = view;
  document.title = `${title} · Lastseat`;
  Object.keys(VIEWS).forEach((each) => {
    byId(`view-${each}`).hidden = each !== name;
  });
  document.querySelectorAll("[data-nav]").forEach((link) => {
    link.toggleAttribute("aria-current", false);
    if (link.dataset.nav === name) {
      link.setAttribute("aria-current", "page");
    }
  });
  scrollTo(0, 0);
  await view.show(at.exec(location.hash)[1]);
  if (!isFirst && current === view) {
    byId(`view-${name}`).querySelector("h1").focus({ preventScroll: true });
  }
}

Object.values(VIEWS).forEach(({ view }) => view.setUp());
setUpToken();
document.querySelector(".skip").addEventListener("click", (click) => {
  click.preventDefault();
  byId("main").focus();
});
addEventListener("hashchange", () => go(false));
go(true);
