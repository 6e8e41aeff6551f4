const RETRY = "It is safe to try again; the answer will tell.";
const CHECK_FIRST = "Check what is stored before you try again.";

const TEXTS = {
  "already-registered": "This user has a ticket for this event already. One ticket per person.",
  "sold-out": "Sold out. Every seat was taken when the booking was decided.",
  "seats-free": "A seat is free: it can be booked now.",
  "waiting-list-full": "The waiting list is full. Nothing was changed.",
  "sales-not-open": "The sale of this event has not opened yet. Nothing was changed.",
  "sales-closed": "The sale of this event is closed. Nothing was changed.",
  "event-not-found": "This event does not exist, or was deleted.",
  "registration-not-found": "This user has no ticket for this event.",
  "event-has-registrations": "This event has registrations or holds, so it was not deleted. Cancel it to delete it together with them.",
  "capacity-below-sold": "More seats are sold or held than the new number of seats. Nothing was changed.",
  "precondition-failed": "The event has changed since it was read. Nothing was changed.",
  "unauthorized": "This needs an access token. Enter one at the end of the page.",
  "forbidden": "The access token does not allow this: it is for another user, or lacks the scope.",
  "overloaded": "The service is overloaded. Nothing was changed; try again in a moment.",
  "storage-unavailable": "The storage cannot be reached. Nothing was changed; try again in a moment.",
  "payload-too-large": "The text is longer than the service accepts.",
  "invalid-cursor": "This page of the list is not available any more. Go to the first page.",
};

/** Problems after which a change may have taken effect. */
const UNCERTAIN = {
  "outcome-unknown": "The storage did not confirm the change in time. It may have taken effect, or not.",
  "unreachable": "The service cannot be reached. The request may have arrived, or not.",
};

/** Names of the fields on the page. */
const FIELDS = { userId: "The user id", title: "The title", description: "The description", startsAt: "The start",
  endsAt: "The end", capacity: "The number of seats", salesOpenAt: "The opening of the sale", salesCloseAt: "The closing of the sale",
  holdSeconds: "The length of a hold", offerSeconds: "The length of an offer", userIds: "The list of user ids" };

const fieldText = ({ field, message }) => `${FIELDS[field] ?? field} ${message}.`;

/** The text for a problem. A problem with another code is shown with its title and detail. */
export function problemText(problem) {
  if (problem.code === "invalid-request" && problem.errors?.length) {
    return problem.errors.map(fieldText).join(" ");
  }
  if (problem.code in UNCERTAIN) {
    return `${UNCERTAIN[problem.code]} ${problem.retryable ? RETRY : CHECK_FIRST}`;
  }
  return TEXTS[problem.code] ?? [problem.title, problem.detail].filter(Boolean).join(": ");
}
