import { findServerTime, serverNow } from "./clock.js";
import { Countdown, durationText } from "./countdown.js";
import { phaseOf, timeElement } from "./dates.js";
import { byId, showMessage } from "./dom.js";
import { nextSaleChange, saleStateOf } from "./sale-state.js";

/** Milliseconds before the opening at which the exact time is asked for. Random, so that clients do not ask together. */
const exactTimeFrom = 10000 + Math.random() * 50000;

const PHASES = { begun: "This event has begun. ", running: "This event is under way. " };

const REFUSALS = {
  before: "The sale of this event has not opened yet.",
  closed: "The sale of this event is closed. A seat that is held can still be confirmed.",
  over: "This event is over. It cannot be booked here any more.",
};

const countdown = new Countdown();

let event;
let state;
let asksForTime;

/** What the visitor should know. While seats are sold: the phase of the event, and when the sale closes. */
function note(phase) {
  if (state === "before") {
    return ["The sale opens on ", timeElement(event.salesOpenAt), "."];
  }
  if (state !== "open") {
    return [REFUSALS[state]];
  }
  const closing = event.salesCloseAt ? ["The sale closes on ", timeElement(event.salesCloseAt), "."] : [];
  return [PHASES[phase] ?? "", ...closing];
}

function onTick(left) {
  if (state !== "before") {
    return;
  }
  document.querySelectorAll(".opening").forEach((opening) => {
    opening.textContent = `Opens in ${durationText(left)}`;
  });
  if (left < exactTimeFrom && !asksForTime) {
    asksForTime = true;
    findServerTime(updateIfShown);
  }
}

function update() {
  const now = serverNow();
  const phase = phaseOf(event, now);
  const before = state;
  state = saleStateOf(event, now);
  byId("view-event").dataset.sale = state;
  byId("booking-note").replaceChildren(...note(phase));
  document.querySelectorAll(".opening").forEach((opening) => {
    opening.hidden = state !== "before";
  });
  document.querySelectorAll(".needs-sale").forEach((part) => {
    part.hidden = state !== "open";
  });
  byId("party").hidden = state !== "open" && state !== "before";
  if (before === "before" && state === "open") {
    showMessage(byId("booking-outcome"), "good", "The sale is open.");
  }
  const next = nextSaleChange([event], now);
  if (next) {
    countdown.start(next, onTick, update);
  } else {
    countdown.stop();
  }
}

/** A closer time of the service changes the time left. */
function updateIfShown() {
  if (event) {
    update();
  }
}

/** Shows a countdown to the opening of the sale. At that second it becomes the buttons; at the closing they go. */
export const sale = {
  show(shown) {
    if (event?.id !== shown.id) {
      state = undefined;
      asksForTime = false;
    }
    event = shown;
    update();
  },
  /** To be called after a refusal: the clock of the page may have been wrong. */
  update,
  hide() {
    event = undefined;
    countdown.stop();
  },
  /** Why no seat can be booked or held now; undefined while seats are sold. */
  refusal: () => REFUSALS[state],
};
