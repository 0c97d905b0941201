// What processes of their own have in common that send requests, whatever becomes of the answers.

const TICK_MS = 5;

/**
 * Sends at a pace until the process is told "stop"; then waits for what is open, sends its parent a result and lets go.
 * @param sendDue told how many seconds have passed since it began: sends what is due by then
 * @param isOpen whether an answer is still waited for
 * @param resultOf told the seconds in all
 * @param agent whose connections are closed at the end
 */
export function sendAtPace({ sendDue, isOpen, resultOf, agent }) {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const timer = setInterval(() => sendDue(seconds()), TICK_MS);
  process.on('message', () => {
    clearInterval(timer);
    const wait = setInterval(() => {
      if (isOpen()) return;
      clearInterval(wait);
      process.send(resultOf(seconds()), () => process.disconnect());
      agent.destroy();
    }, TICK_MS);
  });
}

/** What comes of a request whose answer nobody reads: its status, or what went wrong. */
export function outcomeOf(sending) {
  return new Promise((resolve) => {
    const fail = (error) => resolve(error.code ?? error.message);
    sending.on('error', fail).on('response', (answer) => {
      answer
        .resume()
        .on('error', fail)
        .on('end', () => resolve(answer.statusCode));
    });
  });
}
