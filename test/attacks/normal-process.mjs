// A process of its own that posts comments at a steady rate and asks the probes, whatever becomes of the answers. It is
// forked with the rate, the longest that an answer may take, the service's address, that of its probes, and a key; told
// "stop", it waits for what is open and sends a list of all that it asked.
import { Agent, request } from 'node:http';

const [rateText, longestText, url, probesUrl, key] = process.argv.slice(2);
const RATE = Number(rateText);
const LONGEST_ANSWER_MS = Number(longestText);
const TICK_MS = 5;
const PROBES = ['/livez', '/readyz'];
const PROBES_PER_SECOND = 5;
/** One in so many comments comes by a new connection, as from a client that has just started. */
const FRESH = 5;

const kept = new Agent({ keepAlive: true, maxSockets: 200 });
const began = performance.now();
const asked = [];
let comments = 0;
let probes = 0;
let open = 0;

const timer = setInterval(() => {
  const seconds = (performance.now() - began) / 1000;
  while (comments < seconds * RATE) postComment(comments++);
  while (probes < seconds * PROBES_PER_SECOND) probe(probes++);
}, TICK_MS);

process.on('message', () => {
  clearInterval(timer);
  const wait = setInterval(() => {
    if (open > 0) return;
    clearInterval(wait);
    process.send(asked, () => process.disconnect());
    kept.destroy();
  }, TICK_MS);
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
function ask(what, address, body, options) {
  const at = Date.now();
  const start = performance.now();
  open += 1;
  let isDone = false;
  const done = (outcome) => {
    if (isDone) return;
    isDone = true;
    open -= 1;
    asked.push({ what, at, ms: performance.now() - start, outcome });
  };
  request(address, { ...options, signal: AbortSignal.timeout(LONGEST_ANSWER_MS) })
    .on('error', (error) => done(error.code ?? error.message))
    .on('response', (answer) => {
      answer
        .resume()
        .on('error', (error) => done(error.code ?? error.message))
        .on('end', () => done(answer.statusCode));
    })
    .end(body);
}
