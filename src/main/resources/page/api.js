import { observeDate } from "./clock.js";
import { authorization } from "./token.js";

/** A request was refused or got no answer. Its problem has at least a code. */
class ApiError extends Error {
  constructor(status, problem) {
    super(problem.code);
    this.status = status;
    this.problem = problem;
  }
}

/** Methods that are safe to repeat. */
const REPEATABLE = ["GET", "PUT", "DELETE"];

async function send(method, path, { body, headers, keepalive } = {}) {
  const allHeaders = { Accept: "application/json", ...authorization(), ...headers };
  const json = body && JSON.stringify(body);
  if (json) {
    allHeaders["Content-Type"] = "application/json";
  }
  const sent = performance.now();
  let answer;
  let text;
  try {
    answer = await fetch(`api/v1/${path}`,
      { method, headers: allHeaders, body: json, keepalive, cache: "no-store", credentials: "omit" });
    observeDate(answer.headers.get("Date"), sent);
    text = await answer.text();
  } catch {
    throw new ApiError(0, { code: "unreachable", retryable: REPEATABLE.includes(method) });
  }
  const content = parseJson(text);
  if (!answer.ok && answer.status !== 304) {
    throw new ApiError(answer.status, content?.code ? content : { code: "unknown", title: `Status ${answer.status}` });
  }
  return { status: answer.status, body: content };
}

/** Returns null for a text that is not JSON, like an error page of a proxy. */
function parseJson(text) {
  try {
    return text && JSON.parse(text);
  } catch {
    return null;
  }
}

const query = (parameters) => new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));

const eventPath = (event) => `events/${encodeURIComponent(event)}`;

const registrationPath = (event, user) => `${eventPath(event)}/registrations/${encodeURIComponent(user)}`;

const holdPath = (event, user) => `${eventPath(event)}/holds/${encodeURIComponent(user)}`;

const waitingPath = (event, user) => `${eventPath(event)}/waiting-list/${encodeURIComponent(user)}`;

const standingPath = (event, user) => `${eventPath(event)}/users/${encodeURIComponent(user)}`;

const entityTag = (revision) => `"${revision}"`;

export const listEvents = async (parameters) => (await send("GET", `events?${query(parameters)}`)).body;

export const readEvent = async (event) => (await send("GET", eventPath(event))).body;

/** Resolves to the event, or to undefined when it still has the revision. */
export async function readIfChanged(event, revision) {
  const { status, body } = await send("GET", eventPath(event), { headers: { "If-None-Match": entityTag(revision) } });
  return status === 304 ? undefined : body;
}

export const createEvent = async (draft) => (await send("POST", "events", { body: draft })).body;

/** Changes fields of an event if it still has the revision. Resolves to the event. */
export const changeEvent = async (event, revision, fields) => (await send("PATCH", eventPath(event),
  { body: fields, headers: { "If-Match": entityTag(revision) } })).body;

/** Deletes an event that has no registrations. */
export const deleteEvent = (event) => send("DELETE", eventPath(event));

/** Deletes an event together with its registrations. With keepalive the browser sends it even when the page closes. */
export const cancelEvent = (event, keepalive = false) => send("DELETE", `${eventPath(event)}?withRegistrations=true`, { keepalive });

/** Books; safe to repeat. Resolves to true when this request booked, to false when the user was registered before. */
export const ensureBooked = async (event, user) => (await send("PUT", registrationPath(event, user))).status === 201;

/**
 * Books for all of the users, or for none; safe to repeat.
 * @return the users who were booked, and as held those with a ticket before
 */
export const bookAll = async (event, users) => (
  await send("PUT", `${eventPath(event)}/registrations`, { body: { userIds: users } })).body;

/** Books. Fails when the user already has a ticket. */
export const book = (event, user) => send("POST", `${eventPath(event)}/registrations`, { body: { userId: user } });

/** Resolves to the response body, or to undefined when the problem has the code. */
async function readUnless(code, path) {
  try {
    return (await send("GET", path)).body;
  } catch (error) {
    if (error.problem.code === code) {
      return undefined;
    }
    throw error;
  }
}

export const isBooked = async (event, user) => (
  Boolean(await readUnless("registration-not-found", registrationPath(event, user))));

export const release = (event, user) => send("DELETE", registrationPath(event, user));

/** Holds a seat; safe to repeat. Resolves to the hold, and to whether this request created it. */
export async function ensureHeld(event, user) {
  const { status, body } = await send("PUT", holdPath(event, user));
  return { created: status === 201, held: body };
}

/** Gives a hold back, or declines an offer; safe to repeat. */
export const giveBack = (event, user) => send("DELETE", holdPath(event, user));

/** Joins the waiting list; safe to repeat. Resolves to the place, and to whether this request created it. */
export async function ensureWaiting(event, user) {
  const { status, body } = await send("PUT", waitingPath(event, user));
  return { created: status === 201, place: body };
}

/** Leaves the waiting list; safe to repeat. */
export const leaveWaiting = (event, user) => send("DELETE", waitingPath(event, user));

/** What the event is to the user: registered, holding, offered, waiting or none. */
export const readStanding = async (event, user) => (await send("GET", standingPath(event, user))).body;

/** The same as a stream. */
export const standingOf = (event, user) => `api/v1/${standingPath(event, user)}`;

/** A page of the holds and offers, in the order of their users. */
export const listHolds = async (event, parameters) => (
  await send("GET", `${eventPath(event)}/holds?${query(parameters)}`)).body;

/** A page of the waiting list, the first user first. */
export const listWaiting = async (event, parameters) => (
  await send("GET", `${eventPath(event)}/waiting-list?${query(parameters)}`)).body;

/** A page of the journal, the oldest entry first. */
export const readJournal = async (event, parameters) => (
  await send("GET", `${eventPath(event)}/journal?${query(parameters)}`)).body;

/** All users with a ticket, in the order of booking. */
export async function listUsers(event) {
  const users = [];
  let after;
  do {
    const page = (await send("GET", `${eventPath(event)}/registrations?${query({ limit: 100, after })}`)).body;
    users.push(...page.userIds);
    after = page.next;
  } while (after);
  return users;
}

/** The events for which a user has a ticket. */
export const listEventsOf = async (user, parameters) => (
  await send("GET", `users/${encodeURIComponent(user)}/registrations?${query(parameters)}`)).body;

export const statusOf = (event) => `api/v1/${eventPath(event)}/status`;

/** One stream for at most 100 events. */
export const statusOfAll = (events) => `api/v1/status?${new URLSearchParams(events.map((event) => ["eventId", event]))}`;
