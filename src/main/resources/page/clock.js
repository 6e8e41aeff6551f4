/**
 * The clock of the service, known from the header Date of its responses. Sales open and holds end by this clock; the clock
 * of the device may be wrong. The header has whole seconds, so one response leaves an uncertainty of a second and of the
 * time that the request took. Several responses, at different parts of a second, reduce it.
 */

const SECOND = 1000;

/** Milliseconds of uncertainty that need no further request, and the maximum number of requests. */
const ENOUGH = 60;
const MAX_REQUESTS = 6;

/**
 * Milliseconds from the timer of the browser to the clock of the service: the least and the greatest possible difference.
 * The timer is not that of Date, which changes when the clock of the device is set.
 */
let least = Number.NaN;
let greatest = Number.NaN;

/**
 * @param date the header of a response; the page ignores a response without it
 * @param sent the time of the request, by the timer of the browser
 */
export function observeDate(date, sent) {
  const received = performance.now();
  const second = Date.parse(date);
  if (Number.isNaN(second)) {
    return;
  }
  const [low, high] = [second - received, second + SECOND - sent];
  // Without a common part, the clock was set, or the timer stood still while the device slept.
  const agrees = low < greatest && high > least;
  least = agrees ? Math.max(least, low) : low;
  greatest = agrees ? Math.min(greatest, high) : high;
}

/** The time of the service: never later than it is there, so that nothing is offered too early. */
export const serverNow = () => (Number.isNaN(least) ? Date.now() : performance.now() + least);

/** Waits until the clock of the service changes its second, if the difference is in the middle of the possible ones. */
const expectedSecond = () => new Promise((resolve) => {
  setTimeout(resolve, SECOND - ((performance.now() + (least + greatest) / 2) % SECOND));
});

/**
 * Reduces the uncertainty: each request halves it. The requests are for a small file, not for stored data.
 * @param onCloser called after each request
 */
export async function findServerTime(onCloser) {
  for (let request = 0; request < MAX_REQUESTS && greatest - least > ENOUGH; request += 1) {
    await expectedSecond();
    const sent = performance.now();
    try {
      const answer = await fetch("page/icon.svg", { cache: "no-store", credentials: "omit" });
      observeDate(answer.headers.get("Date"), sent);
      await answer.text();
      onCloser();
    } catch {
      return;
    }
  }
}
