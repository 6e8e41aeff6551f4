import { serverNow } from "./clock.js";
import { byId, element } from "./dom.js";
import { isolated } from "./text.js";

const ALERT = "Seat offered · ";

/** The title of the tab, without the alert. */
let title = document.title;

let offers = [];

/** The keys of the offers that are linked. */
let shownLinks = "";

/** The open notification of each offer, by its key. */
const notifications = new Map();

const keyOf = ({ eventId, userId, expiresAt }) => `${eventId} ${userId} ${expiresAt}`;

const textOf = ({ userId, title: ofEvent }) => `A seat for ${isolated(ofEvent)} is offered to ${userId}.`;

const address = ({ eventId }) => `#/events/${eventId}`;

function showTitle() {
  document.title = `${offers.length ? ALERT : ""}${title}`;
}

/** Links the offers of events that are not shown. A screen reader reads changed links once. */
function showLinks() {
  const elsewhere = offers.filter((offer) => address(offer) !== location.hash);
  if (elsewhere.map(keyOf).join() === shownLinks) {
    return;
  }
  shownLinks = elsewhere.map(keyOf).join();
  byId("offers").replaceChildren(...elsewhere.map((offer) => {
    const link = element("a", "", textOf(offer));
    link.href = address(offer);
    return link;
  }));
}

/** Notifies if the tab is not visible. Some browsers for phones have the constructor but refuse to use it. */
function notify(offer) {
  if (!document.hidden || !("Notification" in window) || Notification.permission !== "granted") {
    return undefined;
  }
  try {
    // The tabs of a browser share the notification by its tag.
    const notification = new Notification("Seat offered", { body: textOf(offer), tag: keyOf(offer) });
    notification.onclick = () => {
      window.focus();
      location.hash = address(offer);
      notification.close();
    };
    return notification;
  } catch {
    return undefined;
  }
}

/** What a user notices of an offer when another tab or another view is shown: the title, a notification, a link. */
export const notice = {
  setTitle(text) {
    title = text;
    showTitle();
    showLinks();
  },

  /** @param current the offers of all events: eventId, userId, expiresAt and the title of the event */
  showOffers(current) {
    const before = new Set(offers.map(keyOf));
    offers = current.filter(({ expiresAt }) => Date.parse(expiresAt) > serverNow());
    const keys = new Set(offers.map(keyOf));
    notifications.forEach((notification, key) => {
      if (!keys.has(key)) {
        notification?.close();
        notifications.delete(key);
      }
    });
    offers.filter((offer) => !before.has(keyOf(offer))).forEach((offer) => notifications.set(keyOf(offer), notify(offer)));
    showTitle();
    showLinks();
  },

  /** Whether the browser has not been asked yet. */
  get canBeAllowed() {
    return "Notification" in window && window.isSecureContext && Notification.permission === "default";
  },

  /** Asks the user for permission. Resolves to the answer: granted, denied or default. */
  ask: () => Notification.requestPermission(),
};
