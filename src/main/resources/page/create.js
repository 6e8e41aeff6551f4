import { createEvent } from "./api.js";
import { byId, onSubmit, say } from "./dom.js";
import { offerToken } from "./token.js";
import { inWords } from "./words.js";

const FIELDS = ["title", "description", "startsAt", "endsAt", "capacity"];

/** What the service says of an instant is for programs. */
const inPlain = (message) => (message.includes("instant") ? "needs a date and a time" : message);

/** The field has the time of where the page is looked at. */
function instant(value) {
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function draft() {
  const value = (name) => byId(name).value.trim();
  return {
    title: value("title"),
    description: value("description") || null,
    startsAt: instant(value("startsAt")),
    endsAt: instant(value("endsAt")),
    capacity: value("capacity") === "" ? null : Number(value("capacity")),
  };
}

/** Shows at each field what is wrong with it, and goes to the first. */
function mark(errors) {
  FIELDS.forEach((name) => {
    const error = errors.find(({ field }) => field === name);
    byId(name).setAttribute("aria-invalid", String(Boolean(error)));
    byId(`${name}-error`).textContent = error ? `This field ${inPlain(error.message)}.` : "";
  });
  byId(FIELDS.find((name) => errors.some(({ field }) => field === name)))?.focus();
}

async function create() {
  const outcome = byId("create-outcome");
  mark([]);
  say(outcome, "busy", "Creating…");
  try {
    const event = await createEvent(draft());
    byId("create").reset();
    say(outcome, "good", "");
    location.hash = `#/events/${event.id}`;
  } catch ({ status, problem }) {
    const fields = problem.errors?.filter(({ field }) => FIELDS.includes(field)) ?? [];
    mark(fields);
    say(outcome, "bad", fields.length ? "The event was not created: see what is marked above." : inWords(problem));
    if (status === 401) {
      offerToken();
    }
  }
}

export const createView = {
  show() {
    say(byId("create-outcome"), "good", "");
  },
  hide() {},
  setUp() {
    onSubmit(byId("create"), create);
  },
};
