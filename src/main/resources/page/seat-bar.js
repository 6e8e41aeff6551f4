import { element, formatNumber, plural } from "./dom.js";
import { isolated } from "./text.js";

/** With a smaller share of free seats the bar has the colour for few seats. */
const FEW = 0.2;

/** Minimum length of the bar while a seat is free, as a share, so that it is visible. */
const MIN_LENGTH = 0.015;

function valueText({ remaining, capacity }) {
  return remaining === 0 ? `Sold out, ${plural(capacity, "seat")}` : `${formatNumber(remaining)} of ${plural(capacity, "seat")} left`;
}

/**
 * Shows the free seats of an event as a number and as a bar. States may arrive in any order: the bar shows the one with
 * the highest revision.
 */
export class SeatBar {
  #revision = -1;
  #left = element("span", "left");
  #of = element("span", "of");
  #bar = element("div", "bar");
  #fill = element("div", "fill");

  constructor(host, title) {
    this.host = host;
    this.#bar.setAttribute("role", "meter");
    this.setTitle(title);
    this.#bar.setAttribute("aria-valuemin", "0");
    this.#bar.append(this.#fill);
    const text = element("p", "seats");
    text.append(this.#left, " ", this.#of);
    host.replaceChildren(text, this.#bar);
  }

  setTitle(title) {
    this.#bar.setAttribute("aria-label", `Seats left, ${isolated(title)}`);
  }

  /** The next state is shown whatever its revision: after a crash the service may have an earlier one. */
  reset() {
    this.#revision = -1;
  }

  show(status) {
    if (status.revision <= this.#revision) {
      return;
    }
    const { remaining, capacity } = status;
    this.#revision = status.revision;
    this.host.dataset.seats = remaining === 0 ? "none" : remaining < capacity * FEW ? "few" : "many";
    this.#left.textContent = remaining === 0 ? "Sold out" : formatNumber(remaining);
    this.#of.textContent = remaining === 0 ? plural(capacity, "seat") : `of ${plural(capacity, "seat")} left`;
    this.#bar.setAttribute("aria-valuemax", capacity);
    this.#bar.setAttribute("aria-valuenow", remaining);
    this.#bar.setAttribute("aria-valuetext", valueText(status));
    this.#fill.style.transform = `scaleX(${remaining && Math.max(remaining / capacity, MIN_LENGTH)})`;
  }

  showDeleted() {
    this.#revision = Number.MAX_SAFE_INTEGER;
    this.host.dataset.seats = "gone";
    this.#left.textContent = "Closed";
    this.#of.textContent = "This event was deleted.";
    this.#bar.setAttribute("aria-valuenow", "0");
    this.#bar.setAttribute("aria-valuetext", "Closed");
    this.#fill.style.transform = "scaleX(0)";
  }
}
