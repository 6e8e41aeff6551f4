import { cancelEvent, changeEvent, deleteEvent, readEvent } from "./api.js";
import { askToConfirm } from "./confirm.js";
import { byId, plural, showMessage } from "./dom.js";
import { eventForm } from "./event-form.js";
import { problemText } from "./problem-text.js";
import { isolated } from "./text.js";
import { openTokenForm } from "./token.js";

const LIST = new Intl.ListFormat("en");

/** Maximum number of attempts to send a change, each for the latest revision. Every booking increases the revision. */
const MAX_ATTEMPTS = 10;

/** The event that the form was filled with, or the latest one after a conflict. Undefined while no event is edited. */
let original;

function showProblem({ status, problem }, region) {
  showMessage(region, "bad", problemText(problem));
  if (status === 401) {
    openTokenForm();
  }
}

/**
 * Sends the changes for the revision that was read. After any other change of the event, for example a booking, it sends them
 * again. When another client has changed the same field, it marks the field and fails.
 */
async function send(changes) {
  let latest = original;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await changeEvent(original.id, latest.revision, changes);
    } catch (error) {
      if (error.problem.code !== "precondition-failed" || attempt === MAX_ATTEMPTS) {
        throw error;
      }
      latest = await readEvent(original.id);
      const conflicts = Object.keys(changes).filter((name) => latest[name] !== original[name]);
      if (conflicts.length) {
        original = latest;
        eventForm.showErrors(conflicts.map((field) => ({ field, message: "was changed since the form was opened" })));
        throw error;
      }
    }
  }
}

async function remove(request, message) {
  const region = byId("removal-outcome");
  showMessage(region, "busy", "Deleting…");
  try {
    await request(original.id);
    byId("form-title").textContent = "Event deleted";
    byId("form-about").textContent = message;
    byId("form").hidden = true;
    byId("removal").hidden = true;
    byId("form-title").focus();
  } catch (error) {
    showProblem(error, region);
  }
}

async function onDelete() {
  const title = isolated(original.title);
  if (await askToConfirm(`Delete “${title}”?`, "An event with registrations is not deleted. A deleted event cannot be restored.",
    "Delete the event")) {
    await remove(deleteEvent, `“${title}” was deleted.`);
  }
}

async function onCancel() {
  const event = original;
  const title = isolated(event.title);
  const { ticketsSold, held, waiting } = await readEvent(event.id).catch(() => event);
  const users = LIST.format([plural(ticketsSold, "registration"), ...(held ? [plural(held, "hold")] : []),
    ...(waiting ? [plural(waiting, "place in the waiting list", "places in the waiting list")] : [])]);
  if (await askToConfirm(`Cancel “${title}”?`,
    `${users} will be deleted with the event. None of it can be restored. The users are not notified.`,
    "Cancel the event")) {
    await remove((id) => cancelEvent(id), `“${title}” was cancelled, and deleted with its registrations.`);
  }
}

export const edit = {
  get event() {
    return original;
  },
  async save() {
    const outcome = byId("form-outcome");
    const changes = eventForm.changes(original);
    if (Object.keys(changes).length === 0) {
      showMessage(outcome, "good", "Nothing to save: no field was changed.");
      return;
    }
    eventForm.showErrors([]);
    showMessage(outcome, "busy", "Saving…");
    const { id } = original;
    try {
      await send(changes);
      location.hash = `#/events/${id}`;
    } catch (error) {
      const { code, errors } = error.problem;
      if (code === "precondition-failed") {
        showMessage(outcome, "bad", "Not saved: the marked fields were changed since the form was opened. Save again to overwrite the changes.");
      } else if (eventForm.showErrors(errors ?? [])) {
        showMessage(outcome, "bad", "Not saved: see the marked fields above.");
      } else {
        showProblem(error, outcome);
      }
    }
  },
};

/** Changes, cancels or deletes an event. */
export const editView = {
  async show(id) {
    byId("form-title").textContent = "…";
    byId("form").hidden = true;
    byId("removal").hidden = true;
    byId("form-about").textContent = "";
    showMessage(byId("form-outcome"), "good");
    showMessage(byId("removal-outcome"), "good");
    try {
      const event = await readEvent(id);
      if (location.hash !== `#/events/${id}/edit`) {
        return;
      }
      original = event;
      byId("form-title").textContent = `Edit ${isolated(event.title)}`;
      byId("form-save").textContent = "Save the changes";
      eventForm.fill(event);
      byId("form").hidden = false;
      byId("removal").hidden = false;
    } catch (error) {
      byId("form-title").textContent = error.status === 404 ? "No such event" : "This event cannot be shown";
      byId("form-about").textContent = problemText(error.problem);
    }
  },
  hide() {
    original = undefined;
  },
  setUp() {
    byId("delete-event").addEventListener("click", onDelete);
    byId("cancel-event").addEventListener("click", onCancel);
  },
};
