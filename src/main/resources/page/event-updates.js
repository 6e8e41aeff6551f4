import { readIfChanged } from "./api.js";

/** Milliseconds between two reads of a changing event. Random, because many browsers show the same event. */
const readDelay = () => 1000 + Math.random() * 1000;

/**
 * Reads an event when its stream reports another revision, because the stream carries numbers only. One read runs at a
 * time, about one a second at most; the last state is always read.
 */
export class EventUpdates {
  #event;
  #onEvent;
  #reported;
  #timer;
  #lastRead = -Infinity;
  #stopped = false;

  /** @param onEvent receives each event that was read */
  constructor(event, onEvent) {
    this.#event = event;
    this.#onEvent = onEvent;
  }

  /** Sets the event when it was read elsewhere. */
  setEvent(event) {
    this.#event = event;
  }

  onRevision(revision) {
    this.#reported = revision;
    if (this.#timer === undefined && revision !== undefined && revision !== this.#event.revision && !this.#stopped) {
      const wait = this.#lastRead + readDelay() - performance.now();
      this.#timer = setTimeout(() => this.#read(), Math.max(wait, 0));
    }
  }

  async #read() {
    this.#lastRead = performance.now();
    this.#reported = undefined;
    try {
      const event = await readIfChanged(this.#event.id, this.#event.revision);
      if (event && !this.#stopped) {
        this.#event = event;
        this.#onEvent(event);
      }
    } catch {
      // The next state of the stream causes another read.
      this.#reported = undefined;
    }
    this.#timer = undefined;
    this.onRevision(this.#reported);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
}
