import { serverNow } from "./clock.js";
import { Countdown } from "./countdown.js";
import { phaseOf, showDates, timeElement } from "./dates.js";
import { element } from "./dom.js";
import { nextSaleChange, saleStateOf } from "./sale-state.js";
import { SeatBar } from "./seat-bar.js";
import { displayText } from "./text.js";

/** The numbers that bookings, holds and the waiting list change. */
const USERS = ["ticketsSold", "held", "waiting"];

class Card {
  item = element("li", "card");
  link = element("a");
  #when = element("p", "when");
  #sale = element("span", "phase sale");
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
    this.showTimes();
    this.#seatBar.setTitle(event.title);
    this.#seatBar.show(event);
  }

  get event() {
    return this.#event;
  }

  /** Shows the dates, and when the sale opens or that it is closed. */
  showTimes() {
    const state = saleStateOf(this.#event, serverNow());
    this.item.dataset.phase = phaseOf(this.#event);
    this.item.dataset.sale = state;
    showDates(this.#when, this.#event);
    if (state === "before") {
      this.#sale.replaceChildren("Opens ", timeElement(this.#event.salesOpenAt));
      this.#when.append(" ", this.#sale);
    } else if (state === "closed") {
      this.#sale.replaceChildren("Sale closed");
      this.#when.append(" ", this.#sale);
    }
  }

  /** @return whether the event has a change other than of its users */
  showStatus(status) {
    const edited = status.revision > this.#event.revision
      && (status.capacity !== this.#event.capacity || USERS.every((count) => status[count] === this.#event[count]));
    this.#event = { ...this.#event, ...status };
    this.#seatBar.show(status);
    if (edited) {
      this.showTimes();
    }
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
  #countdown = new Countdown();

  constructor(host) {
    this.#host = host;
  }

  get ids() {
    return [...this.#cards.keys()];
  }

  clear() {
    this.#countdown.stop();
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
    this.#awaitChange();
  }

  /** At the next instant at which a sale opens or closes, or an event begins or ends, the cards show it. */
  #awaitChange() {
    const cards = [...this.#cards.values()];
    const next = nextSaleChange(cards.map(({ event }) => event), serverNow());
    if (next) {
      this.#countdown.start(next, () => {}, () => {
        cards.forEach((card) => card.showTimes());
        this.#awaitChange();
      });
    } else {
      this.#countdown.stop();
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
    const edited = this.#cards.get(status.eventId)?.showStatus(status);
    if (edited) {
      this.#awaitChange();
    }
    return edited;
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
