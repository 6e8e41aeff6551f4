import { readStanding, standingOf } from "./api.js";
import { readStream } from "./stream-reader.js";

/**
 * Places for streams of standings, shared by all tabs. A browser has six connections to a server, and every tab that is
 * visible needs one for the status and one for requests. A tab without a place reads the standing from time to time.
 */
const PLACES = ["lastseat-standing-1", "lastseat-standing-2"];

/** Milliseconds between two reads without a stream. */
const READ_INTERVAL = 5000;

/** Milliseconds before the first reconnection, and the maximum. The delay doubles each time. */
const FIRST_DELAY = 1000;
const MAX_DELAY = 15000;

/** The status for an event that does not exist, or was deleted. */
const NOT_FOUND = 404;

const delay = (milliseconds) => new Promise((resolve) => {
  setTimeout(resolve, milliseconds);
});

/** Runs the task in a free place. Resolves to false when no place is free. */
async function runInPlace(task) {
  // Without a secure context a browser has no locks.
  if (!navigator.locks) {
    await task();
    return true;
  }
  let ran = false;
  for (const place of PLACES) {
    if (!ran) {
      await navigator.locks.request(place, { ifAvailable: true }, async (lock) => {
        if (lock) {
          ran = true;
          await task();
        }
      });
    }
  }
  return ran;
}

/** Follows the standing of a user until it is stopped, in a hidden tab too. */
export class StandingWatch {
  #end = new AbortController();
  #delay = FIRST_DELAY;

  /**
   * @param onStanding receives the current standing, and each change
   * @param onRefused receives the status of a response that a repetition would not change; the watch is then stopped
   */
  constructor(event, user, onStanding, onRefused) {
    this.event = event;
    this.user = user;
    this.onStanding = onStanding;
    this.onRefused = onRefused;
    this.#run();
  }

  stop() {
    this.#end.abort();
  }

  async #run() {
    while (!this.#end.signal.aborted) {
      try {
        if (!await runInPlace(() => this.#stream())) {
          this.#receive(await readStanding(this.event, this.user));
          this.#delay = READ_INTERVAL;
        }
      } catch ({ status }) {
        if (status >= 400 && status < 500) {
          this.#refuse(status);
        }
      }
      await delay(this.#delay * (0.5 + Math.random() / 2));
      this.#delay = Math.min(this.#delay * 2, MAX_DELAY);
    }
  }

  #stream() {
    return readStream(standingOf(this.event, this.user), this.#end.signal, ({ type, data }) => {
      this.#delay = FIRST_DELAY;
      if (type === "standing") {
        this.#receive(data);
      } else if (type === "closed") {
        this.#refuse(NOT_FOUND);
      }
    });
  }

  #refuse(status) {
    if (!this.#end.signal.aborted) {
      this.stop();
      this.onRefused(status);
    }
  }

  #receive(standing) {
    if (!this.#end.signal.aborted) {
      this.onStanding(standing);
    }
  }
}
