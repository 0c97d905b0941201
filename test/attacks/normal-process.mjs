// A process of its own that posts comments at a steady rate and asks the probes, whatever becomes of the answers. It is
// forked with the rate, the longest that an answer may take, the service's address, that of its probes, and a key; told
// "stop", it waits for what is open and sends a list of all that it asked.
import { Agent, request } from 'node:http';
import { outcomeOf, sendAtPace } from '../helpers/sending.mjs';

const [rateText, longestText, url, probesUrl, key] = process.argv.slice(2);
const RATE = Number(rateText);
const LONGEST_ANSWER_MS = Number(longestText);
const PROBES = ['/livez', '/readyz'];
const PROBES_PER_SECOND = 5;
/** One in so many comments comes by a new connection, as from a client that has just started. */
const FRESH = 5;

const kept = new Agent({ keepAlive: true, maxSockets: 200 });
const asked = [];
let comments = 0;
let probes = 0;
let open = 0;

sendAtPace({
  sendDue(seconds) {
    while (comments < seconds * RATE) postComment(comments++);
    while (probes < seconds * PROBES_PER_SECOND) probe(probes++);
  },
  isOpen: () => open > 0,
  resultOf: () => asked,
  agent: kept,
});
process.on('disconnect', () => process.exit());

function postComment(n) {
  const body = JSON.stringify({
    text: `The council should read letter ${n} before it votes, and the sooner the better.`,
    user: { id: `reader-${n}` },
  });
  ask('comment', `${url}/v1/comments`, body, {
    method: 'POST',
    agent: n % FRESH === 0 ? false : kept,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
  });
}

function probe(n) {
  ask('probe', `${probesUrl}${PROBES[n % PROBES.length]}`, '', { method: 'GET', agent: false });
}

/** `outcome` is a status, or what went wrong. */
async function ask(what, address, body, options) {
  const at = Date.now();
  const start = performance.now();
  open += 1;
  const signal = AbortSignal.timeout(LONGEST_ANSWER_MS);
  const outcome = await outcomeOf(request(address, { ...options, signal }).end(body));
  open -= 1;
  asked.push({ what, at, ms: performance.now() - start, outcome });
}
