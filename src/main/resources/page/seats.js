import { element, number, plural } from "./dom.js";
import { isolated } from "./text.js";

/** Below this share of its seats an event is nearly sold out. */
const FEW = 0.2;

/** The share of the bar that the last of many seats has, to be seen. */
const LAST = 0.015;

function inWords({ remaining, capacity }) {
  return remaining === 0 ? `Sold out, ${plural(capacity, "seat")}` : `${number(remaining)} of ${plural(capacity, "seat")} left`;
}

/**
 * The seats that are left, as a number and as a bar that moves. Shows the state with the highest
 * revision, in whatever order states come.
 */
export class Seats {
  #revision = -1;
  #left = element("span", "left");
  #of = element("span", "of");
  #bar = element("div", "bar");
  #fill = element("div", "fill");

  constructor(host, title) {
    this.host = host;
    this.#bar.setAttribute("role", "meter");
    this.name(title);
    this.#bar.setAttribute("aria-valuemin", "0");
    this.#bar.append(this.#fill);
    const line = element("p", "seats");
    line.append(this.#left, " ", this.#of);
    host.replaceChildren(line, this.#bar);
  }

  name(title) {
    this.#bar.setAttribute("aria-label", `Seats left, ${isolated(title)}`);
  }

  /** The state that comes next is shown whatever its revision: a crash may have taken the service back to an earlier one. */
  forget() {
    this.#revision = -1;
  }

  show(status) {
    if (status.revision <= this.#revision) {
      return;
    }
    const { remaining, capacity } = status;
    this.#revision = status.revision;
    this.host.dataset.seats = remaining === 0 ? "none" : remaining < capacity * FEW ? "few" : "many";
    this.#left.textContent = remaining === 0 ? "Sold out" : number(remaining);
    this.#of.textContent = remaining === 0 ? plural(capacity, "seat") : `of ${plural(capacity, "seat")} left`;
    this.#bar.setAttribute("aria-valuemax", capacity);
    this.#bar.setAttribute("aria-valuenow", remaining);
    this.#bar.setAttribute("aria-valuetext", inWords(status));
    this.#fill.style.transform = `scaleX(${remaining && Math.max(remaining / capacity, LAST)})`;
  }

  /** The event was deleted. */
  close() {
    this.#revision = Number.MAX_SAFE_INTEGER;
    this.host.dataset.seats = "gone";
    this.#left.textContent = "Closed";
    this.#of.textContent = "This event was deleted.";
    this.#bar.setAttribute("aria-valuenow", "0");
    this.#bar.setAttribute("aria-valuetext", "Closed");
    this.#fill.style.transform = "scaleX(0)";
  }
}
