import { authorization } from "./token.js";

/** Milliseconds without data after which a stream is lost. The service sends a comment every 15 s. */
const SILENCE = 45000;

/** Reads the type and the data of an event. Returns undefined for a comment. */
function parse(block) {
  const fields = Object.fromEntries(block.split("\n").map((line) => /^(\w*):? ?(.*)$/.exec(line).slice(1)));
  return fields.data && { type: fields.event, data: JSON.parse(fields.data) };
}

/**
 * Reads a stream of events with the access token, which EventSource cannot send. Does not reconnect.
 * @param onEvent receives the type and the data of each event
 * @return a promise that resolves when the stream ends; it is rejected with the status when the stream is refused, and with
 * status 0 when it is lost or stopped by the signal
 */
export async function readStream(url, signal, onEvent) {
  const connection = new AbortController();
  const abort = () => connection.abort();
  let timer = setTimeout(abort, SILENCE);
  signal.addEventListener("abort", abort);
  try {
    const headers = { Accept: "text/event-stream", ...authorization() };
    const answer = await fetch(url, { headers, cache: "no-store", credentials: "omit", signal: connection.signal });
    if (!answer.ok) {
      throw new StreamError(answer.status);
    }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(abort, SILENCE);
      const blocks = (text + part.value).split("\n\n");
      text = blocks.pop();
      blocks.map(parse).filter(Boolean).forEach(onEvent);
    }
  } catch (error) {
    throw error instanceof StreamError ? error : new StreamError(0);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    abort();
  }
}

class StreamError extends Error {
  constructor(status) {
    super(`Status ${status}`);
    this.status = status;
  }
}
