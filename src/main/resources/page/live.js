import { byId } from "./dom.js";

/** Milliseconds until the first new attempt, and the longest that an attempt is put off. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15000;

const STATES = { off: "", connecting: "Connecting", live: "Live", lost: "Not live" };

/** Instead of a url: there will be one once what is shown can be read. */
export const LATER = Symbol("later");

const LOST = "Connection lost, reconnecting…";
const BACK = "Connected again.";

/**
 * The one stream of the page: each view closes that of the one before. A browser keeps six
 * connections to a server, for all of its tabs, so a hidden tab keeps none.
 */
class Live {
  #source;
  #timer;
  #watched;
  #pause = FIRST_PAUSE;
  /** Something may have been missed, or undone by a crash of the service: what is shown is no longer to be relied on. */
  #missed = false;

  constructor() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#disconnect() : this.#connect()));
  }

  /**
   * @param watched url: the stream, LATER, or nothing when there is nothing to watch. onStatus and
   * onClosed get its messages. forget: called when the connection is there again, before anything
   * else, and when the stream goes back; the state that comes next is shown whatever its revision. refresh: reads anew what is
   * shown; resolves to the url of the stream, or to nothing when there is nothing left to watch
   */
  watch(watched) {
    this.stop();
    if (watched.url) {
      this.#watched = watched;
      this.#connect();
    }
  }

  stop() {
    this.#disconnect();
    this.#watched = undefined;
    this.#pause = FIRST_PAUSE;
    this.#missed = false;
    show("off");
  }

  #connect() {
    if (!this.#watched || this.#source || document.hidden) {
      return;
    }
    if (this.#watched.url === LATER) {
      show("lost");
      this.#comeBack();
      return;
    }
    if (byId("link").dataset.state !== "lost") {
      show("connecting");
    }
    const source = new EventSource(this.#watched.url);
    this.#source = source;
    source.onopen = () => {
      this.#pause = FIRST_PAUSE;
      show("live");
      this.#catchUp();
    };
    source.onerror = () => {
      this.#missed = true;
      show("lost");
      // While the state is CONNECTING the browser tries again by itself.
      if (source.readyState === EventSource.CLOSED) {
        this.#comeBack();
      }
    };
    const revisions = new Map();
    source.addEventListener("status", (message) => this.#tell(JSON.parse(message.data), revisions));
    source.addEventListener("closed", (message) => this.#watched?.onClosed(message));
  }

  /** A stream goes back to an earlier revision only where the storage has taken a state back. */
  #tell(status, revisions) {
    if (status.revision < revisions.get(status.eventId)) {
      this.#watched?.forget();
    }
    revisions.set(status.eventId, status.revision);
    this.#watched?.onStatus(status);
  }

  #disconnect() {
    clearTimeout(this.#timer);
    this.#missed ||= Boolean(this.#source);
    this.#source?.close();
    this.#source = undefined;
  }

  /** The stream alone may be silent: it has nothing to say when the client names the present revision. */
  async #catchUp() {
    const watched = this.#watched;
    if (!this.#missed) {
      return;
    }
    this.#missed = false;
    watched.forget();
    try {
      const url = await watched.refresh();
      if (this.#watched === watched && url !== watched.url) {
        this.watch({ ...watched, url });
      }
    } catch {
      // The stream reports the next loss by itself.
    }
  }

  #comeBack() {
    const watched = this.#watched;
    this.#disconnect();
    this.#timer = setTimeout(async () => {
      try {
        watched.forget();
        const url = await watched.refresh();
        if (this.#watched !== watched) {
          return;
        }
        this.#missed = false;
        if (url) {
          watched.url = url;
          this.#connect();
        } else {
          this.stop();
        }
      } catch {
        if (this.#watched === watched) {
          this.#comeBack();
        }
      }
    }, this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }
}

function show(state) {
  const link = byId("link");
  announce(link.dataset.state, state);
  link.hidden = state === "off";
  link.dataset.state = state;
  byId("link-text").textContent = STATES[state];
}

/** A screen reader reads the loss and the return only, each once; the return is not shown. */
function announce(before, state) {
  const lost = byId("lost");
  const text = { lost: LOST, live: before === "lost" ? BACK : "" }[state] ?? "";
  lost.classList.toggle("unseen", state !== "lost");
  if (lost.textContent !== text) {
    lost.textContent = text;
  }
}

export const live = new Live();
