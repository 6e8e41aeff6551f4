import { authorization } from "./token.js";

/** A request that was refused, or got no answer. Its problem has at least a code. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.code);
    this.status = status;
    this.problem = problem;
  }
}

/** Requests that may be sent twice: the second changes nothing more. */
const REPEATABLE = ["GET", "PUT", "DELETE"];

async function send(method, path, { body, headers, keepalive } = {}) {
  const sent = { Accept: "application/json", ...authorization(), ...headers };
  const json = body && JSON.stringify(body);
  if (json) {
    sent["Content-Type"] = "application/json";
  }
  let answer;
  let text;
  try {
    answer = await fetch(`api/v1/${path}`,
      { method, headers: sent, body: json, keepalive, cache: "no-store", credentials: "omit" });
    text = await answer.text();
  } catch {
    throw new Refusal(0, { code: "unreachable", retryable: REPEATABLE.includes(method) });
  }
  const content = parsed(text);
  if (!answer.ok && answer.status !== 304) {
    throw new Refusal(answer.status, content?.code ? content : { code: "unknown", title: `Status ${answer.status}` });
  }
  return { status: answer.status, body: content };
}

/** A proxy may answer with a page of its own. */
function parsed(text) {
  try {
    return text && JSON.parse(text);
  } catch {
    return null;
  }
}

const query = (parameters) => new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));

const eventPath = (event) => `events/${encodeURIComponent(event)}`;

const registration = (event, user) => `${eventPath(event)}/registrations/${encodeURIComponent(user)}`;

const tag = (revision) => `"${revision}"`;

export const listEvents = async (parameters) => (await send("GET", `events?${query(parameters)}`)).body;

export const readEvent = async (event) => (await send("GET", eventPath(event))).body;

/** The event, unless it still has the revision: then nothing. */
export async function readIfChanged(event, revision) {
  const { status, body } = await send("GET", eventPath(event), { headers: { "If-None-Match": tag(revision) } });
  return status === 304 ? undefined : body;
}

export const createEvent = async (draft) => (await send("POST", "events", { body: draft })).body;

/** Changes some fields of an event, if it still has the revision. Resolves to the event. */
export const changeEvent = async (event, revision, fields) => (await send("PATCH", eventPath(event),
  { body: fields, headers: { "If-Match": tag(revision) } })).body;

/** Deletes an event that has no registrations. */
export const deleteEvent = (event) => send("DELETE", eventPath(event));

/** Deletes an event together with its registrations. keepalive: also while the page is being closed. */
export const cancelEvent = (event, keepalive = false) => send("DELETE", `${eventPath(event)}?withRegistrations=true`, { keepalive });

/** Books, and is safe to repeat. Resolves to whether this request is what booked. */
export const ensureBooked = async (event, user) => (await send("PUT", registration(event, user))).status === 201;

/** Books, and is refused when the user has a ticket. */
export const book = (event, user) => send("POST", `${eventPath(event)}/registrations`, { body: { userId: user } });

export async function isBooked(event, user) {
  try {
    await send("GET", registration(event, user));
    return true;
  } catch (refusal) {
    if (refusal.problem.code === "registration-not-found") {
      return false;
    }
    throw refusal;
  }
}

export const release = (event, user) => send("DELETE", registration(event, user));

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

/** The events that a user has a ticket for. */
export const listEventsOf = async (user, parameters) => (
  await send("GET", `users/${encodeURIComponent(user)}/registrations?${query(parameters)}`)).body;

export const statusOf = (event) => `api/v1/${eventPath(event)}/status`;

/** One stream for at most 100 events. */
export const statusOfAll = (events) => `api/v1/status?${new URLSearchParams(events.map((event) => ["eventId", event]))}`;
