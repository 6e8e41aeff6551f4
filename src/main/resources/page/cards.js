import { phaseOf, showDates } from "./dates.js";
import { element } from "./dom.js";
import { SeatBar } from "./seat-bar.js";
import { displayText } from "./text.js";

/** The numbers that bookings, holds and the waiting list change. */
const USERS = ["ticketsSold", "held", "waiting"];

class Card {
  item = element("li", "card");
  link = element("a");
  #when = element("p", "when");
  #seatBar;
  #event;

  constructor(event) {
    const title = element("h2");
    const host = element("div");
    this.link.href = `#/events/${event.id}`;
    title.dir = "auto";
    title.append(this.link);
    this.item.append(title, this.#when, host);
    this.#seatBar = new SeatBar(host, event.title);
    this.show(event);
  }

  show(event) {
    this.#event = event;
    this.link.textContent = displayText(event.title);
    this.item.dataset.phase = phaseOf(event);
    showDates(this.#when, event);
    this.#seatBar.setTitle(event.title);
    this.#seatBar.show(event);
  }

  /** @return whether the event has a change other than of its users */
  showStatus(status) {
    const edited = status.revision > this.#event.revision
      && (status.capacity !== this.#event.capacity || USERS.every((count) => status[count] === this.#event[count]));
    this.#event = { ...this.#event, ...status };
    this.#seatBar.show(status);
    return edited;
  }

  reset() {
    this.#seatBar.reset();
  }

  showDeleted() {
    this.#seatBar.showDeleted();
  }
}

/** A list of events as cards. An event that stays in the list keeps its card and the focus. */
export class Cards {
  #host;
  #cards = new Map();

  constructor(host) {
    this.#host = host;
  }

  get ids() {
    return [...this.#cards.keys()];
  }

  clear() {
    this.#cards.clear();
    this.#host.replaceChildren();
  }

  show(events) {
    const before = this.#cards;
    this.#cards = new Map(events.map((event) => [event.id, before.get(event.id) ?? new Card(event)]));
    events.forEach((event) => this.#cards.get(event.id).show(event));
    if ([...before.keys()].join() !== this.ids.join()) {
      this.#render();
    }
  }

  #render() {
    const focused = document.activeElement;
    this.#host.replaceChildren(...[...this.#cards.values()].map(({ item }) => item));
    if (this.#host.contains(focused)) {
      focused.focus();
    }
  }

  /** @return whether the event has a change other than of its users */
  showStatus(status) {
    return this.#cards.get(status.eventId)?.showStatus(status);
  }

  showDeleted(event) {
    this.#cards.get(event)?.showDeleted();
  }

  /** The next states are shown whatever their revisions. */
  reset() {
    this.#cards.forEach((card) => card.reset());
  }

  /** @return whether the event is in the list and has the focus */
  focus(event) {
    this.#cards.get(event)?.link.focus({ preventScroll: true });
    return this.#cards.has(event);
  }
}
