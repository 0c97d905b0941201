// A process of its own that attacks. It is forked, told a plan (see plan.ts), and then "stop", upon which it sends what
// it was answered.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { constants, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { outcomeOf } from '../helpers/sending.mjs';

const TICK_MS = 10;
/** An attacker that is refused does not come back at once: else this is a trial of the machine. */
const AFTER_ERROR_MS = 20;
/** Files that this process needs beside its connections. */
const FILES = 64;

// An attacker elsewhere does not take the processor from the service.
setPriority(constants.priority.PRIORITY_LOW);

const outcomes = {};
let sent = 0;
let hasEnded = false;
let end = () => {};

process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  if (message !== 'stop') {
    end = message.kind === 'idle' ? stayIdle(message) : flood(message);
    return;
  }
  hasEnded = true;
  end();
  process.send({ sent, outcomes }, () => process.disconnect());
});

function count(outcome) {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}

/** Sends requests in turn, at a rate or as fast as they are answered. */
function flood({ port, from, connections, perSecond, most, requests }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const began = performance.now();
  let open = 0;
  const isEnough = () => hasEnded || sent >= most;
  const send = async () => {
    const n = sent++;
    const { method, path, headers, body = '' } = requests[n % requests.length];
    const numbered = (text) => text.replaceAll('{n}', `${n}`);
    const bytes = Buffer.from(numbered(body));
    const sending = request({
      host: '127.0.0.1',
      port,
      localAddress: from,
      agent,
      method,
      path: numbered(path),
      headers: {
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, numbered(value)])),
        ...(bytes.length > 0 && { 'content-length': bytes.length }),
      },
    });
    const outcome = await outcomeOf(sending.end(bytes));
    if (!hasEnded) count(outcome);
    return typeof outcome === 'number';
  };
  const sendOn = async () => {
    while (!isEnough()) if (!(await send())) await sleep(AFTER_ERROR_MS);
  };
  if (perSecond === undefined) {
    for (let i = 0; i < connections; i++) void sendOn();
    return () => agent.destroy();
  }
  const timer = setInterval(() => {
    const due = ((performance.now() - began) / 1000) * perSecond;
    while (!isEnough() && sent < due && open < connections) {
      open += 1;
      void send().then(() => {
        open -= 1;
      });
    }
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    agent.destroy();
  };
}

/** Holds connections open and sends nothing; one that is closed is opened anew. */
function stayIdle({ port, from, connections, most }) {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const files = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1]);
  const sockets = new Set();
  const open = () => {
    if (hasEnded || sent >= most) return;
    sent += 1;
    const socket = connect({ host: '127.0.0.1', port, localAddress: from });
    sockets.add(socket);
    socket.on('connect', () => count('connected'));
    socket.on('error', (error) => count(error.code ?? error.message));
    socket.on('close', () => {
      sockets.delete(socket);
      setTimeout(open, AFTER_ERROR_MS);
    });
    socket.resume();
  };
  for (let i = Math.min(connections, files - FILES); i > 0; i--) open();
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}
