import { authorization } from "./token.js";

/** A request that was refused, or got no answer. Its problem has at least a code. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.code);
    this.status = status;
    this.problem = problem;
  }
}

const UNREACHABLE = { code: "unreachable", retryable: true };

async function send(method, path, body) {
  const headers = { Accept: "application/json", ...authorization() };
  const json = body && JSON.stringify(body);
  if (json) {
    headers["Content-Type"] = "application/json";
  }
  let answer;
  let text;
  try {
    answer = await fetch(`api/v1/${path}`, { method, headers, body: json, cache: "no-store", credentials: "omit" });
    text = await answer.text();
  } catch {
    throw new Refusal(0, UNREACHABLE);
  }
  const content = parsed(text);
  if (!answer.ok) {
    throw new Refusal(answer.status, content?.code ? content : { code: "unknown", title: `Status ${answer.status}` });
  }
  return { status: answer.status, body: content };
}

/** Something in between may answer with a page of its own. */
function parsed(text) {
  try {
    return text && JSON.parse(text);
  } catch {
    return null;
  }
}

const query = (parameters) => new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));

const registration = (event, user) => `events/${event}/registrations/${encodeURIComponent(user)}`;

export const listEvents = async (parameters) => (await send("GET", `events?${query(parameters)}`)).body;

export const readEvent = async (event) => (await send("GET", `events/${encodeURIComponent(event)}`)).body;

export const createEvent = async (draft) => (await send("POST", "events", draft)).body;

/** Books, and is safe to repeat. Resolves to whether this request is what booked. */
export const ensureBooked = async (event, user) => (await send("PUT", registration(event, user))).status === 201;

/** Books, and is refused when the user has a ticket. */
export const book = (event, user) => send("POST", `events/${event}/registrations`, { userId: user });

export const release = (event, user) => send("DELETE", registration(event, user));

/** Everybody who holds a ticket, in the order of booking. */
export async function listUsers(event) {
  const users = [];
  let after;
  do {
    const page = (await send("GET", `events/${event}/registrations?${query({ limit: 100, after })}`)).body;
    users.push(...page.userIds);
    after = page.next;
  } while (after);
  return users;
}

export const statusOf = (event) => `api/v1/events/${event}/status`;

/** One stream for at most 100 events. */
export const statusOfAll = (events) => `api/v1/status?${new URLSearchParams(events.map((event) => ["eventId", event]))}`;
