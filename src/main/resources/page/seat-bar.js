import { element, formatNumber, plural } from "./dom.js";
import { isolated } from "./text.js";

/** With a smaller share of free seats the bar has the colour for few seats. */
const FEW = 0.2;

/** Minimum length of a part of the bar that stands for a seat, in percent, so that it is visible. */
const MIN_LENGTH = 1.5;

/** A held seat may become free. While users wait, it would be theirs. */
const isSoldOut = ({ remaining, held, waiting }) => remaining === 0 && (held === 0 || waiting > 0);

function tone(status) {
  if (isSoldOut(status)) {
    return "none";
  }
  return status.remaining < status.capacity * FEW ? "few" : "many";
}

/** Beside the free seats. When none is free because of holds, it says so. */
function ofText(status) {
  const { remaining, capacity, held } = status;
  if (isSoldOut(status)) {
    return plural(capacity, "seat");
  }
  const heldText = remaining === 0 ? `. ${plural(held, "seat is", "seats are")} held and may become free.` : "";
  return `of ${plural(capacity, "seat")} left${heldText}`;
}

function valueText(status) {
  const { remaining, capacity, held, waiting } = status;
  const seats = isSoldOut(status) ? `Sold out, ${plural(capacity, "seat")}`
    : `${formatNumber(remaining)} of ${plural(capacity, "seat")} left`;
  return `${seats}${held ? `, ${formatNumber(held)} held` : ""}${waiting ? `, ${formatNumber(waiting)} waiting` : ""}`;
}

const setLength = (part, seats, capacity) => {
  part.style.width = `${seats && Math.max((seats / capacity) * 100, MIN_LENGTH)}%`;
};

/**
 * Shows the free, held and sold seats of an event, and how many users wait: the free seats as a number, all as parts of a
 * bar with a legend. States may arrive in any order: the bar shows the one with the highest revision.
 */
export class SeatBar {
  #revision = -1;
  #left = element("span", "left");
  #of = element("span", "of");
  #bar = element("div", "bar");
  #free = element("div", "fill");
  #held = element("div", "held");
  #sold = element("div", "sold");
  #legend = element("ul", "legend");
  #heldCount = element("li", "held");
  #soldCount = element("li", "sold");
  #waitingCount = element("li", "waiting");

  constructor(host, title) {
    this.host = host;
    this.#bar.setAttribute("role", "meter");
    this.setTitle(title);
    this.#bar.setAttribute("aria-valuemin", "0");
    this.#bar.append(this.#free, this.#held, this.#sold);
    this.#legend.append(this.#heldCount, this.#soldCount, this.#waitingCount);
    const text = element("p", "seats");
    text.append(this.#left, " ", this.#of);
    host.replaceChildren(text, this.#bar, this.#legend);
  }

  setTitle(title) {
    this.#bar.setAttribute("aria-label", `Seats left, ${isolated(title)}`);
  }

  /** The next state is shown whatever its revision: after a crash the service may have an earlier one. */
  reset() {
    this.#revision = -1;
  }

  /** @return whether the state is newer than the one before */
  show(status) {
    if (status.revision <= this.#revision) {
      return false;
    }
    const { remaining, capacity, held, ticketsSold, waiting } = status;
    this.#revision = status.revision;
    this.host.dataset.seats = tone(status);
    this.#left.textContent = isSoldOut(status) ? "Sold out" : formatNumber(remaining);
    this.#of.textContent = ofText(status);
    this.#bar.setAttribute("aria-valuemax", capacity);
    this.#bar.setAttribute("aria-valuenow", remaining);
    this.#bar.setAttribute("aria-valuetext", valueText(status));
    this.#showParts(remaining, held, ticketsSold, capacity);
    this.#legend.dataset.waiting = waiting;
    this.#waitingCount.textContent = waiting ? `${formatNumber(waiting)} waiting` : "";
    return true;
  }

  #showParts(free, held, sold, capacity) {
    setLength(this.#free, free, capacity);
    setLength(this.#held, held, capacity);
    setLength(this.#sold, sold, capacity);
    this.#legend.dataset.held = held;
    this.#heldCount.textContent = `${formatNumber(held)} held`;
    this.#soldCount.textContent = `${formatNumber(sold)} sold`;
  }

  showDeleted() {
    this.#revision = Number.MAX_SAFE_INTEGER;
    this.host.dataset.seats = "gone";
    this.#left.textContent = "Closed";
    this.#of.textContent = "This event was deleted.";
    this.#bar.setAttribute("aria-valuenow", "0");
    this.#bar.setAttribute("aria-valuetext", "Closed");
    this.#showParts(0, 0, 0, 1);
    this.#legend.hidden = true;
  }
}
