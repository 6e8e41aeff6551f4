import { readIfChanged } from "./api.js";

/** Milliseconds between two reads of an event, while it changes. Some chance in it: many pages watch the same event. */
const pause = () => 1000 + Math.random() * 1000;

/**
 * The stream tells numbers only. This reads the rest of an event when the stream tells another
 * revision: one read at a time, the last state always, at most about one a second.
 */
export class Details {
  #event;
  #show;
  #wanted;
  #timer;
  #last = -Infinity;
  #ended = false;

  /** @param show gets the event as read */
  constructor(event, show) {
    this.#event = event;
    this.#show = show;
  }

  /** The event was read by other means. */
  know(event) {
    this.#event = event;
  }

  want({ revision }) {
    this.#wanted = revision;
    if (this.#timer === undefined && revision !== undefined && revision !== this.#event.revision && !this.#ended) {
      const wait = this.#last + pause() - performance.now();
      this.#timer = setTimeout(() => this.#read(), Math.max(wait, 0));
    }
  }

  async #read() {
    this.#last = performance.now();
    this.#wanted = undefined;
    try {
      const event = await readIfChanged(this.#event.id, this.#event.revision);
      if (event && !this.#ended) {
        this.#event = event;
        this.#show(event);
      }
    } catch {
      // The next state of the stream asks again.
      this.#wanted = undefined;
    }
    this.#timer = undefined;
    this.want({ revision: this.#wanted });
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
  }
}
