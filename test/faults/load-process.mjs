// A process of its own that posts comments at a steady rate, whatever becomes of the answers. It is forked with the
// rate, the longest that an answer may take, and the addresses of the instances as arguments, and told "stop"; then it
// sends a list of what it got.
import { Agent, request } from 'node:http';
import { sendAtPace } from '../helpers/sending.mjs';

const [rateText, longestText, run, ...urls] = process.argv.slice(2);
const RATE = Number(rateText);
const LONGEST_ANSWER_MS = Number(longestText);
/** Users that post all the time, so before, during and after the fault: about twice a second each. */
const STEADY = Math.max(1, Math.round(RATE / 23));
/** Users that post more than five times within half a second, each time others. */
const COHORT = { users: Math.max(1, Math.floor(RATE / 75)), everyMs: 500 };

const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const began = performance.now();
const answers = [];
let sent = 0;
let open = 0;

sendAtPace({
  sendDue(seconds) {
    const due = Math.floor(seconds * RATE);
    while (sent < due) post(sent++);
  },
  isOpen: () => open > 0,
  resultOf: (seconds) => ({ sent, seconds, answers }),
  agent,
});

/** One in nine is a steady user's, two in nine are a cohort's, the others are of a new reader each. */
function userOf(n) {
  if (n % 9 === 0) return `${run}-steady-${(n / 9) % STEADY}`;
  if (n % 9 === 3 || n % 9 === 6) {
    const cohort = Math.floor((performance.now() - began) / COHORT.everyMs);
    return `${run}-cohort-${cohort}-${Math.floor(n / 3) % COHORT.users}`;
  }
  return `${run}-reader-${n}`;
}

function post(n) {
  const user = userOf(n);
  const body = JSON.stringify({
    text: `The council should read letter ${n} before it votes on plan ${run}.`,
    user: { id: user },
  });
  const at = Date.now();
  const start = performance.now();
  open += 1;
  let isDone = false;
  const done = (status, degraded) => {
    if (isDone) return;
    isDone = true;
    open -= 1;
    answers.push({ user, at, ms: performance.now() - start, status, degraded });
  };
  const sending = request(`${urls[n % urls.length]}/v1/comments`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
  });
  sending.on('error', (error) => done(error.message, false));
  sending.on('response', (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('error', (error) => done(error.message, false));
    response.on('data', (chunk) => {
      text += chunk;
    });
    response.on('end', () => {
      const { isAnswer, degraded } = read(response.statusCode, text);
      done(isAnswer ? response.statusCode : `${response.statusCode} ${text}`, degraded);
    });
  });
  sending.end(body);
}

/** A verdict, or the refusal of a comment over the limit, is an answer; all else is a failure. */
function read(status, text) {
  if (status === 429) return { isAnswer: true, degraded: false };
  if (status !== 200) return { isAnswer: false, degraded: false };
  try {
    const { verdict, degraded } = JSON.parse(text);
    return { isAnswer: verdict !== undefined, degraded: degraded !== undefined };
  } catch {
    return { isAnswer: false, degraded: false };
  }
}
