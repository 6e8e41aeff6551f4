import { byId } from "./dom.js";

/** Printable ASCII without the space. */
const FORM = /^[\x21-\x7e]{1,255}$/;

/** A client resolves these away in a path. */
const DOTS = [".", ".."];

/** The user id that was entered last, in any view. Kept in memory only. */
let last = "";

export const RULE = "1 to 255 characters: letters without accents, digits and signs; no spaces; not . or .. alone.";

/**
 * Reads a user id from a field, and marks the field when it has none.
 * @return the id; nothing when it is against the rule
 */
export function readUser(field) {
  const user = byId(field).value.trim();
  const legal = FORM.test(user) && !DOTS.includes(user);
  byId(field).setAttribute("aria-invalid", String(!legal));
  if (!legal) {
    byId(field).focus();
    return undefined;
  }
  last = user;
  return user;
}

export const mistake = (field) => (byId(field).value.trim() ? `This is not a user id: ${RULE}` : "Enter a user id.");

/** A view that opens starts with the user of the one before. */
export function offerUser(field) {
  byId(field).value ||= last;
  byId(field).removeAttribute("aria-invalid");
}
