/** What the codes of problems mean, to somebody who wants a seat. */
const WORDS = {
  "already-registered": "This user has a ticket for this event already. Everybody gets one.",
  "sold-out": "Sold out. Every seat was taken when the booking was decided.",
  "event-not-found": "This event does not exist, or not any more.",
  "registration-not-found": "This user has no ticket for this event.",
  "unauthorized": "The service wants to know who you are. Enter an access token at the end of the page.",
  "forbidden": "Your access token does not allow this: it is for somebody else, or lacks the right.",
  "overloaded": "The service has too much to do right now. Nothing was changed; try again in a moment.",
  "payload-too-large": "That is more text than the service takes.",
  "invalid-cursor": "The list has changed. Start again at its beginning.",
  "unreachable": "The service cannot be reached. Whether it got the request is not known; asking again is safe, and finds out.",
};

/** How fields are called on the page. */
const FIELDS = { userId: "The user id", title: "The title", description: "The description", startsAt: "The start",
  endsAt: "The end", capacity: "The number of seats" };

const inField = ({ field, message }) => `${FIELDS[field] ?? field} ${message}.`;

/**
 * A problem as a person would say it. One that is not known here speaks for itself.
 */
export function inWords(problem) {
  if (problem.code === "invalid-request" && problem.errors?.length) {
    return problem.errors.map(inField).join(" ");
  }
  if (problem.code === "storage-unavailable" && problem.detail?.includes("nothing was changed")) {
    return "The storage cannot be reached right now. Nothing was changed; try again in a moment.";
  }
  if (problem.code === "storage-unavailable") {
    return "The storage did not answer in time, so it is not known whether this took effect. Asking again is safe, and finds out.";
  }
  return WORDS[problem.code] ?? [problem.title, problem.detail].filter(Boolean).join(": ");
}
