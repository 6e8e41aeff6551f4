import { createEvent } from "./api.js";
import { byId, onSubmit, say } from "./dom.js";
import { draft } from "./draft.js";
import { edit } from "./edit.js";
import { offerToken } from "./token.js";
import { inWords } from "./words.js";

async function create() {
  const outcome = byId("form-outcome");
  draft.mark([]);
  say(outcome, "busy", "Creating…");
  try {
    const event = await createEvent(draft.read());
    draft.show();
    say(outcome, "good");
    location.hash = `#/events/${event.id}`;
  } catch ({ status, problem }) {
    say(outcome, "bad", draft.mark(problem.errors ?? []) ? "The event was not created: see the marked fields above."
      : inWords(problem));
    if (status === 401) {
      offerToken();
    }
  }
}

/** A new event, and the form for both views that have it. */
export const createView = {
  show() {
    byId("form-title").textContent = "New event";
    byId("form-about").textContent = "";
    byId("form-save").textContent = "Create the event";
    byId("form").hidden = false;
    byId("removal").hidden = true;
    draft.show();
    say(byId("form-outcome"), "good");
  },
  hide() {},
  setUp() {
    draft.setUp();
    onSubmit(byId("form"), () => (edit.event ? edit.save() : create()));
  },
};
