import { listEvents } from "./api.js";
import { folded } from "./text.js";

/** Events in one request: the most that the service gives. */
const PAGE = 100;

/** A round ends with so many found, or after so many requests. */
const ENOUGH = 24;
const ROUND = 10;

/** One stream can carry 100 events. */
export const MOST = 96;

/**
 * Searches titles. The service has no search, so this reads the list, from its beginning, in
 * rounds. Accents and case do not count.
 */
export class Search {
  found = [];
  read = 0;
  #words;
  #from;
  #next;
  #begun = false;

  constructor(text, from) {
    this.#words = folded(text).split(/\s+/).filter(Boolean);
    this.#from = from;
  }

  /** Whether there is more to read. */
  get canGoOn() {
    return (!this.#begun || Boolean(this.#next)) && this.found.length < MOST;
  }

  /** The start of the last event that was read. */
  reached;

  /** Reads on, by one round. progress is called after each request; a false answer ends the round. */
  async further(progress) {
    const enough = Math.min(this.found.length + ENOUGH, MOST);
    for (let request = 0; request < ROUND && this.canGoOn && this.found.length < enough; request += 1) {
      const { events, next } = await listEvents({ limit: PAGE, after: this.#next, from: this.#from });
      this.#begun = true;
      this.#next = next;
      this.read += events.length;
      this.reached = events.at(-1)?.startsAt ?? this.reached;
      this.found.push(...events.filter((event) => this.#matches(event)).slice(0, MOST - this.found.length));
      if (!progress()) {
        return;
      }
    }
  }

  #matches({ title }) {
    const text = folded(title);
    return this.#words.every((word) => text.includes(word));
  }
}
