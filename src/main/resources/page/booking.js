import { ensureBooked, isBooked, release } from "./api.js";
import { byId, onClick, onSubmit, showMessage } from "./dom.js";
import { hold } from "./hold.js";
import { party } from "./party.js";
import { problemText } from "./problem-text.js";
import { sale } from "./sale.js";
import { standing } from "./standing.js";
import { openTokenForm } from "./token.js";
import { isUserId, prefillUserId, readUserId, userIdError } from "./user-id.js";
import { viewState } from "./view-state.js";
import { waiting } from "./waiting.js";

/** States of a user for whom no seat can be held. */
const HAS_SEAT = ["registered", "holding", "offered"];

let event;
let onChanged;

const enteredUser = () => byId("user").value.trim();

/** Hides the buttons that make no sense for the user in the form. */
function showButtons() {
  const state = standing.current?.userId === enteredUser() ? standing.current.state : undefined;
  byId("book").hidden = state === "registered";
  byId("hold-seat").hidden = HAS_SEAT.includes(state);
}

/** Shows what the event is to the user in the form, and keeps the user id for a reload. */
function enter() {
  const user = enteredUser();
  viewState.set("user", user);
  showButtons();
  standing.enter(isUserId(user) ? user : undefined);
}

/** Runs an action for a user, and shows its outcome. */
async function run(action, user) {
  const outcome = byId("booking-outcome");
  const { id } = event;
  const isShown = () => event?.id === id;
  showMessage(outcome, "busy", "Sending…");
  try {
    const [kind, text] = await action(id, user);
    if (isShown()) {
      showMessage(outcome, kind, text);
    }
    onChanged(id);
  } catch (error) {
    if (isShown()) {
      showMessage(outcome, "bad", problemText(error.problem));
      sale.update();
    }
    if (error.status === 401) {
      openTokenForm();
    }
  }
}

/** Runs an action for the user in the form. */
async function submit(action) {
  const user = readUserId("user");
  if (user) {
    await run(action, user);
  } else {
    showMessage(byId("booking-outcome"), "bad", userIdError("user"));
  }
}

/** Runs an action for the user whose seat or place is shown. */
const runForShown = (action) => run(action, standing.current.userId);

async function book(id, user) {
  if (sale.refusal() && standing.current?.userId !== user) {
    return ["bad", sale.refusal()];
  }
  const booked = await ensureBooked(id, user);
  standing.setRegistered(id, user);
  return booked ? ["good", `Booked. ${user} has a seat.`]
    : ["bad", `${user} has a ticket for this event already. One ticket per person.`];
}

/** Reads the registration first, because the answer to a DELETE is the same with and without a ticket. */
async function cancel(id, user) {
  if (!(await isBooked(id, user))) {
    return ["bad", `${user} has no ticket for this event.`];
  }
  await release(id, user);
  standing.end(id, user);
  return ["good", `Cancelled. ${user} no longer has a ticket for this event.`];
}

/** A screen reader reads a text in the status once. */
function showRegistered(current) {
  const text = current?.state === "registered" ? `You have a seat: ${current.userId} is registered.` : "";
  if (byId("registered").textContent !== text) {
    byId("registered").textContent = text;
  }
}

/**
 * Shows what the event is to the user. When the focused part or button goes, the focus moves to the part that is shown instead.
 * @param reason why another client has ended the standing before; undefined after an action on this page
 */
function showStanding(current, before, reason) {
  const focused = document.activeElement;
  byId("user").value ||= current?.userId ?? "";
  showRegistered(current);
  hold.show(current);
  waiting.show(current);
  showButtons();
  if (reason) {
    showMessage(byId("booking-outcome"), "good", reason);
  }
  if (current?.state === "offered" && before?.state === "waiting") {
    showMessage(byId("booking-outcome"), "good", `A seat is offered to ${current.userId}.`);
  }
  if (current?.wasOffer && before?.state === "offered") {
    showMessage(byId("booking-outcome"), "good");
  }
  const isInPart = document.activeElement.closest("#hold:not([hidden]), #waiting:not([hidden])");
  if (focused.closest("[hidden]") && !isInPart) {
    byId(["hold", "waiting"].find((part) => !byId(part).hidden) ?? "booking").querySelector("[tabindex]").focus();
  }
}

export const booking = {
  /** @param listener receives the id of the event after each request that may have changed its seats */
  setUp(listener) {
    onChanged = listener;
    onSubmit(byId("booking"), () => submit(book));
    byId("user").addEventListener("input", showButtons);
    byId("user").addEventListener("change", enter);
    onClick(byId("hold-seat"), () => submit(hold.take));
    onClick(byId("cancel"), () => submit(cancel));
    onClick(byId("join"), () => submit(waiting.join));
    onClick(byId("hold-confirm"), () => runForShown(hold.confirm));
    onClick(byId("hold-release"), () => runForShown(hold.giveBack));
    onClick(byId("hold-again"), () => runForShown(standing.current.wasOffer ? waiting.join : hold.take));
    onClick(byId("waiting-leave"), () => runForShown(waiting.leave));
    onClick(byId("waiting-notify"), waiting.allowNotifications);
    standing.setUp(showStanding);
    waiting.setUp();
    party.setUp((id, users) => {
      users.forEach((user) => standing.end(id, user));
      if (event?.id === id) {
        enter();
      }
      onChanged(id);
    });
  },
  show(shownEvent) {
    const isNew = event?.id !== shownEvent.id;
    if (isNew) {
      showMessage(byId("booking-outcome"), "good");
      byId("user").value ||= viewState.get("user") ?? "";
      prefillUserId("user");
    }
    event = shownEvent;
    byId("booking").hidden = false;
    party.show(event.id);
    sale.show(event);
    standing.show(event);
    if (isNew) {
      enter();
    }
  },
  /** @param status of the event, or the event itself */
  showSeats(status) {
    waiting.showSeats(status);
  },
  hide() {
    event = undefined;
    byId("booking").hidden = true;
    party.hide();
    sale.hide();
    standing.hide();
    showRegistered();
    hold.hide();
    waiting.hide();
  },
};
