import { listEvents } from "./api.js";
import { searchText } from "./text.js";

/** Events in one request: the maximum of the service. */
const PAGE_SIZE = 100;

/** A step of the search ends after this number of found events, or of requests. */
const FOUND_PER_STEP = 24;
const REQUESTS_PER_STEP = 10;

/** Below 100, the number of events that one stream can carry. */
export const MAX_FOUND = 96;

/**
 * Searches titles. The service has no search, so this reads the list from its beginning, in steps. Accents and case are
 * ignored.
 */
export class TitleSearch {
  found = [];
  /** Number of events that were read. */
  read = 0;
  /** Start of the last event that was read. */
  reached;
  #words;
  #from;
  #next;
  #started = false;

  constructor(text, from) {
    this.#words = searchText(text).split(/\s+/).filter(Boolean);
    this.#from = from;
  }

  get hasMore() {
    return (!this.#started || Boolean(this.#next)) && this.found.length < MAX_FOUND;
  }

  /** Runs one step. Calls onProgress after each request; the step ends when that returns false. */
  async step(onProgress) {
    const enough = Math.min(this.found.length + FOUND_PER_STEP, MAX_FOUND);
    for (let request = 0; request < REQUESTS_PER_STEP && this.hasMore && this.found.length < enough; request += 1) {
      const { events, next } = await listEvents({ limit: PAGE_SIZE, after: this.#next, from: this.#from });
      this.#started = true;
      this.#next = next;
      this.read += events.length;
      this.reached = events.at(-1)?.startsAt ?? this.reached;
      this.found.push(...events.filter((event) => this.#matches(event)).slice(0, MAX_FOUND - this.found.length));
      if (!onProgress()) {
        return;
      }
    }
  }

  #matches({ title }) {
    const text = searchText(title);
    return this.#words.every((word) => text.includes(word));
  }
}
