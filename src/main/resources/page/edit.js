import { cancelEvent, changeEvent, deleteEvent, readEvent } from "./api.js";
import { confirmed } from "./confirm.js";
import { byId, plural, say } from "./dom.js";
import { draft } from "./draft.js";
import { isolated } from "./text.js";
import { offerToken } from "./token.js";
import { inWords } from "./words.js";

/** Every booking makes a new revision. So often a change is sent again with the present one. */
const ATTEMPTS = 10;

/** The event as the form showed it first. Undefined while there is no event to edit. */
let base;

function showProblem({ status, problem }, region) {
  say(region, "bad", inWords(problem));
  if (status === 401) {
    offerToken();
  }
}

/**
 * Sends the changes for the revision that was read. A change by another person of the same field is not
 * overwritten; anything else, as a booking, is not in the way.
 */
async function send(changes) {
  let present = base;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await changeEvent(base.id, present.revision, changes);
    } catch (refusal) {
      if (refusal.problem.code !== "precondition-failed" || attempt === ATTEMPTS) {
        throw refusal;
      }
      present = await readEvent(base.id);
      const both = Object.keys(changes).filter((name) => present[name] !== base[name]);
      if (both.length) {
        base = present;
        draft.mark(both.map((field) => ({ field, message: "was changed by another person meanwhile" })));
        throw refusal;
      }
    }
  }
}

async function remove(region, does, deleted) {
  say(region, "busy", "Asking…");
  try {
    await does(base.id);
    byId("form-title").textContent = "Event deleted";
    byId("form-about").textContent = deleted;
    byId("form").hidden = true;
    byId("removal").hidden = true;
    byId("form-title").focus();
  } catch (refusal) {
    showProblem(refusal, region);
  }
}

async function deleteIt() {
  const title = isolated(base.title);
  if (await confirmed(`Delete “${title}”?`, "An event with registrations is not deleted. A deleted event cannot be brought back.",
    "Delete the event")) {
    await remove(byId("removal-outcome"), deleteEvent, `“${title}” was deleted.`);
  }
}

async function cancelIt() {
  const event = base;
  const title = isolated(event.title);
  const { ticketsSold } = await readEvent(event.id).catch(() => event);
  if (await confirmed(`Cancel “${title}”?`,
    `${plural(ticketsSold, "registration")} will be deleted with the event. Neither can be brought back. The users are not notified.`,
    "Cancel the event")) {
    await remove(byId("removal-outcome"), (id) => cancelEvent(id), `“${title}” was cancelled, and deleted with its registrations.`);
  }
}

export const edit = {
  get event() {
    return base;
  },
  async save() {
    const outcome = byId("form-outcome");
    const changes = draft.changes(base);
    if (Object.keys(changes).length === 0) {
      say(outcome, "good", "Nothing to save: no field differs from what is stored.");
      return;
    }
    draft.mark([]);
    say(outcome, "busy", "Saving…");
    const { id } = base;
    try {
      await send(changes);
      location.hash = `#/events/${id}`;
    } catch (refusal) {
      const { code, errors } = refusal.problem;
      if (code === "precondition-failed") {
        say(outcome, "bad", "Not saved: the marked fields were changed by another person. Save again to overwrite that.");
      } else if (draft.mark(errors ?? [])) {
        say(outcome, "bad", "Not saved: see the marked fields above.");
      } else {
        showProblem(refusal, outcome);
      }
    }
  },
};

/** Changes, cancels or deletes an event: for its organiser. */
export const editView = {
  async show(id) {
    byId("form-title").textContent = "…";
    byId("form").hidden = true;
    byId("removal").hidden = true;
    byId("form-about").textContent = "";
    say(byId("form-outcome"), "good");
    say(byId("removal-outcome"), "good");
    try {
      const event = await readEvent(id);
      if (location.hash !== `#/events/${id}/edit`) {
        return;
      }
      base = event;
      byId("form-title").textContent = `Edit ${isolated(event.title)}`;
      byId("form-save").textContent = "Save the changes";
      draft.show(event);
      byId("form").hidden = false;
      byId("removal").hidden = false;
    } catch (refusal) {
      byId("form-title").textContent = refusal.status === 404 ? "No such event" : "This event cannot be shown";
      byId("form-about").textContent = inWords(refusal.problem);
    }
  },
  hide() {
    base = undefined;
  },
  setUp() {
    byId("delete-event").addEventListener("click", deleteIt);
    byId("cancel-event").addEventListener("click", cancelIt);
  },
};
