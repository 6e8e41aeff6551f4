import { toInstant, toLocalInput, zone } from "./dates.js";
import { byId } from "./dom.js";

const FIELDS = ["title", "description", "startsAt", "endsAt", "capacity", "salesOpenAt", "salesCloseAt", "holdSeconds", "offerSeconds"];

const TIMES = ["startsAt", "endsAt", "salesOpenAt", "salesCloseAt"];

const NUMBERS = ["capacity", "holdSeconds", "offerSeconds"];

/** Replaces what is for programs in a message: the form of an instant, and names of fields. */
const displayMessage = (message) => (message.includes("instant") ? "needs a date and a time"
  : message.replace("startsAt", "the start").replace("salesOpenAt", "the opening of the sale"));

/** The text of a field for an event. */
const textOf = (event, name) => String((TIMES.includes(name) ? toLocalInput(event[name]) : event[name]) ?? "");

function valueOf(name) {
  const value = byId(name).value.trim();
  if (TIMES.includes(name)) {
    return toInstant(value);
  }
  if (NUMBERS.includes(name)) {
    return value === "" ? null : Number(value);
  }
  return value || (name === "description" ? null : "");
}

/** The form with the fields of an event, new or existing. */
export const eventForm = {
  setUp() {
    byId("form-zone").textContent = `Time zone: ${zone}.`;
  },

  /** Fills the fields from an event, or empties them. */
  fill(event) {
    FIELDS.forEach((name) => {
      byId(name).value = event ? textOf(event, name) : "";
    });
    this.showErrors([]);
  },

  read: () => Object.fromEntries(FIELDS.map((name) => [name, valueOf(name)])),

  /** The fields that differ from the event. They are compared as shown, because a field may show less than the event has. */
  changes: (event) => Object.fromEntries(FIELDS.filter((name) => byId(name).value.trim() !== textOf(event, name).trim())
    .map((name) => [name, valueOf(name)])),

  /**
   * Shows the error of each field and moves the focus to the first.
   * @return whether the form has a field with an error
   */
  showErrors(errors) {
    FIELDS.forEach((name) => {
      const error = errors.find(({ field }) => field === name);
      byId(name).setAttribute("aria-invalid", String(Boolean(error)));
      byId(`${name}-error`).textContent = error ? `This field ${displayMessage(error.message)}.` : "";
    });
    const first = FIELDS.find((name) => errors.some(({ field }) => field === name));
    byId(first)?.focus();
    return Boolean(first);
  },
};
