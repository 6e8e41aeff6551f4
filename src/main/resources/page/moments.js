import { element } from "./dom.js";

/** In the language of the browser, in its time zone, with the name of the zone. */
const MOMENTS = new Intl.DateTimeFormat(navigator.languages, { weekday: "short", day: "numeric", month: "short", year: "numeric",
  hour: "numeric", minute: "2-digit", timeZoneName: "short" });

const DAYS = new Intl.DateTimeFormat(navigator.languages, { day: "numeric", month: "long", year: "numeric" });

const { locale, timeZone } = MOMENTS.resolvedOptions();

/** The zone of every time on the page, for example Europe/Berlin. */
export const zone = timeZone;

export const PHASES = { before: "", begun: "begun", running: "under way", over: "over" };

/** Where an event is in time: before, running, over, or begun when it has no end. */
export function phaseOf({ startsAt, endsAt }, now = Date.now()) {
  if (now < Date.parse(startsAt)) {
    return "before";
  }
  if (!endsAt) {
    return "begun";
  }
  return now < Date.parse(endsAt) ? "running" : "over";
}

function range({ startsAt, endsAt }) {
  const start = new Date(startsAt);
  const text = endsAt ? MOMENTS.formatRange(start, new Date(endsAt)) : MOMENTS.format(start);
  // A line breaks between the two moments, not within one.
  return text.replaceAll(" ", "\u00a0").replace(/\s*–\s*/, "\u00a0– ");
}

/** A text in the language of the dates, which may not be that of the page. */
function dated(tag, text) {
  const made = element(tag, "", text);
  made.lang = locale;
  made.dir = "auto";
  return made;
}

/** Shows when an event takes place, and whether it is under way or over. */
export function showWhen(host, event) {
  const time = dated("time", range(event));
  time.dateTime = event.startsAt;
  const phase = phaseOf(event);
  host.replaceChildren(time, ...(PHASES[phase] ? [" ", element("span", `phase ${phase}`, PHASES[phase])] : []));
}

export const day = (instant) => dated("span", DAYS.format(new Date(instant)));

/** The instant of what a field of type datetime-local shows; null when it shows none. */
export function instantOf(value) {
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** The other way round. Seconds are shown only where there are any. */
export function localOf(instant) {
  if (!instant) {
    return "";
  }
  const time = new Date(instant);
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60000).toISOString();
  return local.slice(0, -1).replace(/:00\.000$/, "").replace(/\.000$/, "");
}

/** Midnight in the zone of the page: of a day as a field of type date has it, or of today. */
export function midnight(date) {
  const time = date ? new Date(`${date}T00:00`) : new Date(new Date().setHours(0, 0, 0, 0));
  return Number.isNaN(time.getTime()) ? "" : time.toISOString();
}
