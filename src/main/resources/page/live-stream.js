import { byId } from "./dom.js";

/** Milliseconds before the first reconnection, and the maximum. The delay doubles each time. */
const FIRST_DELAY = 1000;
const MAX_DELAY = 15000;

const STATES = { off: "", connecting: "Connecting", live: "Live", lost: "Not live" };

/** Stands for the url of the stream while the events to show could not be read. */
export const NO_URL_YET = Symbol("no url yet");

const LOST = "Connection lost, reconnecting…";
const CONNECTED_AGAIN = "Connected again.";

/**
 * The stream of the shown events: each view closes the stream of the view before. A browser keeps six connections to a
 * server, for all of its tabs, so a hidden tab keeps no such stream. Users who wait have a StandingWatch as well.
 */
class LiveStream {
  #source;
  #timer;
  #subscription;
  #delay = FIRST_DELAY;
  /** Whether the shown state may be outdated: changes were missed, or a crash of the service has undone some. */
  #outdated = false;

  constructor() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#disconnect() : this.#connect()));
  }

  /**
   * @param subscription url: the stream, NO_URL_YET, or undefined when there is nothing to show.
   * onStatus and onClosed: receive the messages.
   * reset: called first after a reconnection, and when the revision of an event decreases; the next state is then shown
   * whatever its revision.
   * refresh: reads the shown events again; resolves to the url of the stream, or to undefined when there is nothing to show
   */
  subscribe(subscription) {
    this.stop();
    if (subscription.url) {
      this.#subscription = subscription;
      this.#connect();
    }
  }

  stop() {
    this.#disconnect();
    this.#subscription = undefined;
    this.#delay = FIRST_DELAY;
    this.#outdated = false;
    showState("off");
  }

  #connect() {
    if (!this.#subscription || this.#source || document.hidden) {
      return;
    }
    if (this.#subscription.url === NO_URL_YET) {
      showState("lost");
      this.#reconnectLater();
      return;
    }
    if (byId("connection").dataset.state !== "lost") {
      showState("connecting");
    }
    const source = new EventSource(this.#subscription.url);
    this.#source = source;
    source.onopen = () => {
      this.#delay = FIRST_DELAY;
      showState("live");
      this.#refreshIfOutdated();
    };
    source.onerror = () => {
      this.#outdated = true;
      showState("lost");
      // In the state CONNECTING the browser reconnects by itself.
      if (source.readyState === EventSource.CLOSED) {
        this.#reconnectLater();
      }
    };
    const revisions = new Map();
    source.addEventListener("status", (message) => this.#onStatus(JSON.parse(message.data), revisions));
    source.addEventListener("closed", (message) => this.#subscription?.onClosed(message));
  }

  /** A revision decreases only when the storage has lost changes. */
  #onStatus(status, revisions) {
    if (status.revision < revisions.get(status.eventId)) {
      this.#subscription?.reset();
    }
    revisions.set(status.eventId, status.revision);
    this.#subscription?.onStatus(status);
  }

  #disconnect() {
    clearTimeout(this.#timer);
    this.#outdated ||= Boolean(this.#source);
    this.#source?.close();
    this.#source = undefined;
  }

  /** Reads the events, because the stream sends nothing when the client names the current revision. */
  async #refreshIfOutdated() {
    const subscription = this.#subscription;
    if (!this.#outdated) {
      return;
    }
    this.#outdated = false;
    subscription.reset();
    try {
      const url = await subscription.refresh();
      if (this.#subscription === subscription && url !== subscription.url) {
        this.subscribe({ ...subscription, url });
      }
    } catch {
      // The stream reports the next loss by itself.
    }
  }

  #reconnectLater() {
    const subscription = this.#subscription;
    this.#disconnect();
    this.#timer = setTimeout(async () => {
      try {
        subscription.reset();
        const url = await subscription.refresh();
        if (this.#subscription !== subscription) {
          return;
        }
        this.#outdated = false;
        if (url) {
          subscription.url = url;
          this.#connect();
        } else {
          this.stop();
        }
      } catch {
        if (this.#subscription === subscription) {
          this.#reconnectLater();
        }
      }
    }, this.#delay);
    this.#delay = Math.min(this.#delay * 2, MAX_DELAY);
  }
}

function showState(state) {
  const connection = byId("connection");
  announce(connection.dataset.state, state);
  connection.hidden = state === "off";
  connection.dataset.state = state;
  byId("connection-text").textContent = STATES[state];
}

/** For screen readers: announces a loss and a reconnection, once each. The reconnection is not visible. */
function announce(before, state) {
  const message = byId("connection-message");
  const text = { lost: LOST, live: before === "lost" ? CONNECTED_AGAIN : "" }[state] ?? "";
  message.classList.toggle("visually-hidden", state !== "lost");
  if (message.textContent !== text) {
    message.textContent = text;
  }
}

export const live = new LiveStream();
