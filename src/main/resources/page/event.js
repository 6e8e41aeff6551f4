import { ensureBooked, readEvent, release, statusOf } from "./api.js";
import { byId, onSubmit, say, when } from "./dom.js";
import { LATER, live } from "./live.js";
import { Seats } from "./seats.js";
import { offerToken } from "./token.js";
import { inWords } from "./words.js";

const USER_ID = /^[A-Za-z0-9._:@-]{1,64}$/;

let event;
let seats;

function describe({ title, description }) {
  byId("event-title").textContent = title;
  byId("event-about").textContent = description ?? "";
  document.title = `${title} · Lastseat`;
}

/** Reads the event anew and says where to watch it; nowhere once it is gone. */
async function refresh(id) {
  try {
    const found = await readEvent(id);
    if (id === event) {
      describe(found);
      byId("event-when").textContent = when(found);
      seats ??= new Seats(byId("event-seats"), found.title);
      seats.show(found);
      byId("booking").hidden = false;
    }
    return statusOf(id);
  } catch (refusal) {
    if (refusal.problem.retryable) {
      throw refusal;
    }
    if (id === event) {
      close(refusal.problem);
    }
    return undefined;
  }
}

function close(problem) {
  byId("booking").hidden = true;
  if (seats) {
    seats.close();
  } else {
    describe({ title: "No such event", description: inWords(problem) });
  }
}

/** Does what was asked for, says how it went, and shows the seats even where the stream is lost. */
async function act(does) {
  const outcome = byId("booking-outcome");
  const user = byId("user").value.trim();
  byId("user").setAttribute("aria-invalid", String(!USER_ID.test(user)));
  if (!USER_ID.test(user)) {
    say(outcome, "bad", user ? "That is no user id: 1 to 64 letters, digits, and . _ : @ -" : "Enter a user id.");
    byId("user").focus();
    return;
  }
  const id = event;
  say(outcome, "busy", "Asking…");
  try {
    const [kind, text] = await does(id, user);
    if (id === event) {
      say(outcome, kind, text);
    }
    showSeats(id);
  } catch (refusal) {
    if (id === event) {
      say(outcome, "bad", inWords(refusal.problem));
    }
    if (refusal.status === 401) {
      offerToken();
    }
  }
}

/** Not waited for: who has been told how it went may ask for the next thing at once. */
async function showSeats(id) {
  try {
    const stored = await readEvent(id);
    if (id === event) {
      seats?.show(stored);
    }
  } catch {
    // The seats stay as they are until the stream brings the next change.
  }
}

async function book(id, user) {
  return (await ensureBooked(id, user)) ? ["good", `Booked. ${user} has a seat.`]
    : ["bad", `${user} has a ticket for this event already. Everybody gets one.`];
}

async function cancel(id, user) {
  await release(id, user);
  return ["good", `Done. ${user} has no ticket for this event, and the seat is free for others.`];
}

export const eventView = {
  async show(id) {
    event = id;
    seats = undefined;
    describe({ title: "…" });
    byId("event-when").textContent = "";
    byId("event-seats").replaceChildren();
    say(byId("booking-outcome"), "good", "");
    byId("booking").hidden = true;
    const url = await refresh(id).catch(() => LATER);
    if (id === event) {
      live.watch({
        url,
        onStatus: (status) => seats?.show(status),
        onClosed: () => {
          live.stop();
          close();
        },
        refresh: () => refresh(id),
      });
    }
  },
  hide() {
    event = undefined;
  },
  setUp() {
    onSubmit(byId("booking"), () => act(book));
    byId("cancel").addEventListener("click", () => act(cancel));
  },
};
