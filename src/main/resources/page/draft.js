import { byId } from "./dom.js";
import { instantOf, localOf, zone } from "./moments.js";

const FIELDS = ["title", "description", "startsAt", "endsAt", "capacity"];

const TIMES = ["startsAt", "endsAt"];

/** What the service says of an instant is for programs. */
const inPlain = (message) => (message.includes("instant") ? "needs a date and a time" : message);

/** What the form shows of an event. */
const textOf = (event, name) => String((TIMES.includes(name) ? localOf(event[name]) : event[name]) ?? "");

function valueOf(name) {
  const value = byId(name).value.trim();
  if (TIMES.includes(name)) {
    return instantOf(value);
  }
  if (name === "capacity") {
    return value === "" ? null : Number(value);
  }
  return value || (name === "description" ? null : "");
}

/** The form with the fields of an event, for a new one and for one that is there. */
export const draft = {
  setUp() {
    byId("form-zone").textContent = `Time zone: ${zone}.`;
  },

  /** Shows an event, or empty fields. */
  show(event) {
    FIELDS.forEach((name) => {
      byId(name).value = event ? textOf(event, name) : "";
    });
    this.mark([]);
  },

  read: () => Object.fromEntries(FIELDS.map((name) => [name, valueOf(name)])),

  /** The fields that differ from those of an event. One that was not touched is sent as little as it was shown. */
  changes: (event) => Object.fromEntries(FIELDS.filter((name) => byId(name).value.trim() !== textOf(event, name).trim())
    .map((name) => [name, valueOf(name)])),

  /**
   * Shows at each field what is wrong with it, and goes to the first.
   * @return whether there is any such field
   */
  mark(errors) {
    FIELDS.forEach((name) => {
      const error = errors.find(({ field }) => field === name);
      byId(name).setAttribute("aria-invalid", String(Boolean(error)));
      byId(`${name}-error`).textContent = error ? `This field ${inPlain(error.message)}.` : "";
    });
    const first = FIELDS.find((name) => errors.some(({ field }) => field === name));
    byId(first)?.focus();
    return Boolean(first);
  },
};
