import { element } from "./dom.js";
import { phaseOf, showWhen } from "./moments.js";
import { Seats } from "./seats.js";
import { shown } from "./text.js";

class Card {
  item = element("li", "card");
  link = element("a");
  #when = element("p", "when");
  #seats;
  #event;

  constructor(event) {
    const title = element("h2");
    const host = element("div");
    this.link.href = `#/events/${event.id}`;
    title.dir = "auto";
    title.append(this.link);
    this.item.append(title, this.#when, host);
    this.#seats = new Seats(host, event.title);
    this.update(event);
  }

  update(event) {
    this.#event = event;
    this.link.textContent = shown(event.title);
    this.item.dataset.phase = phaseOf(event);
    showWhen(this.#when, event);
    this.#seats.name(event.title);
    this.#seats.show(event);
  }

  /** @return whether something other than a booking or a cancellation has changed the event */
  status(status) {
    const edited = status.revision > this.#event.revision
      && (status.capacity !== this.#event.capacity || status.ticketsSold === this.#event.ticketsSold);
    this.#event = { ...this.#event, ...status };
    this.#seats.show(status);
    return edited;
  }

  forget() {
    this.#seats.forget();
  }

  close() {
    this.#seats.close();
  }
}

/** Events as cards in a list. An event that stays keeps its card, and the focus on it. */
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
    events.forEach((event) => this.#cards.get(event.id).update(event));
    if ([...before.keys()].join() !== this.ids.join()) {
      this.#place();
    }
  }

  #place() {
    const focused = document.activeElement;
    this.#host.replaceChildren(...[...this.#cards.values()].map(({ item }) => item));
    if (this.#host.contains(focused)) {
      focused.focus();
    }
  }

  status(status) {
    return this.#cards.get(status.eventId)?.status(status);
  }

  close(event) {
    this.#cards.get(event)?.close();
  }

  forget() {
    this.#cards.forEach((card) => card.forget());
  }

  focus(event) {
    this.#cards.get(event)?.link.focus({ preventScroll: true });
    return this.#cards.has(event);
  }
}
