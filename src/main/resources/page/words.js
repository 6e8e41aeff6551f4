const AGAIN = "It is safe to try again; the answer will tell.";
const LOOK = "Look at what is stored before you try again.";

/** The codes of problems in words. */
const WORDS = {
  "already-registered": "This user has a ticket for this event already. One ticket per person.",
  "sold-out": "Sold out. Every seat was taken when the booking was decided.",
  "event-not-found": "This event does not exist, or was deleted.",
  "registration-not-found": "This user has no ticket for this event.",
  "event-has-registrations": "This event has registrations, so it was not deleted. Cancel it to delete it together with them.",
  "capacity-below-sold": "More tickets are sold than that. The number of seats was not changed.",
  "precondition-failed": "The event has changed since it was read. Nothing was changed.",
  "unauthorized": "This needs an access token. Enter one at the end of the page.",
  "forbidden": "The access token does not allow this: it is for another user, or lacks the scope.",
  "overloaded": "The service is overloaded. Nothing was changed; try again in a moment.",
  "storage-unavailable": "The storage cannot be reached. Nothing was changed; try again in a moment.",
  "payload-too-large": "The text is longer than the service accepts.",
  "invalid-cursor": "The list has changed. Start again at its beginning.",
};

/** Problems after which a change may have taken effect. */
const UNCERTAIN = {
  "outcome-unknown": "The storage did not confirm the change in time. It may have taken effect, or not.",
  "unreachable": "The service cannot be reached. The request may have arrived, or not.",
};

/** How fields are called on the page. */
const FIELDS = { userId: "The user id", title: "The title", description: "The description", startsAt: "The start",
  endsAt: "The end", capacity: "The number of seats" };

const inField = ({ field, message }) => `${FIELDS[field] ?? field} ${message}.`;

/** A problem in words. One without words here is shown with its title and detail. */
export function inWords(problem) {
  if (problem.code === "invalid-request" && problem.errors?.length) {
    return problem.errors.map(inField).join(" ");
  }
  if (problem.code in UNCERTAIN) {
    return `${UNCERTAIN[problem.code]} ${problem.retryable ? AGAIN : LOOK}`;
  }
  return WORDS[problem.code] ?? [problem.title, problem.detail].filter(Boolean).join(": ");
}
