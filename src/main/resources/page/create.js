import { createEvent } from "./api.js";
import { byId, onSubmit, showMessage } from "./dom.js";
import { edit } from "./edit.js";
import { eventForm } from "./event-form.js";
import { problemText } from "./problem-text.js";
import { openTokenForm } from "./token.js";

async function create() {
  const outcome = byId("form-outcome");
  eventForm.showErrors([]);
  showMessage(outcome, "busy", "Creating…");
  try {
    const event = await createEvent(eventForm.read());
    eventForm.fill();
    showMessage(outcome, "good");
    location.hash = `#/events/${event.id}`;
  } catch ({ status, problem }) {
    showMessage(outcome, "bad", eventForm.showErrors(problem.errors ?? [])
      ? "The event was not created: see the marked fields above." : problemText(problem));
    if (status === 401) {
      openTokenForm();
    }
  }
}

/** A new event. Also sets up the form for both views that use it. */
export const createView = {
  show() {
    byId("form-title").textContent = "New event";
    byId("form-about").textContent = "";
    byId("form-save").textContent = "Create the event";
    byId("form").hidden = false;
    byId("removal").hidden = true;
    eventForm.fill();
    showMessage(byId("form-outcome"), "good");
  },
  hide() {},
  setUp() {
    eventForm.setUp();
    onSubmit(byId("form"), () => (edit.event ? edit.save() : create()));
  },
};
