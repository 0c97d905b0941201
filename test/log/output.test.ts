import { LogOutput, type Sink } from '../../src/log/output.js';
import { eventually } from '../helpers/eventually.js';

/** A line of ten bytes. */
const line = (number: number) => `line ${String(number).padStart(4, '0')}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join('');

/** What a disk or a pipe may do; it takes everything until it is told otherwise. */
class TestSink implements Sink {
  text = '';
  tries = 0;
  /** What is answered to a write: an error, so many bytes taken of it, or nothing, for ever. */
  answer: (bytes: Uint8Array) => NodeJS.ErrnoException | number | 'never' = (bytes) => bytes.length;

  write(bytes: Uint8Array, done: (error: Error | null, written: number) => void): void {
    this.tries += 1;
    const answer = this.answer(bytes);
    if (answer === 'never') return;
    setImmediate(() => {
      if (typeof answer === 'number') this.#take(bytes, answer);
      done(typeof answer === 'number' ? null : answer, typeof answer === 'number' ? answer : 0);
    });
  }

  writeSync(bytes: Uint8Array): number {
    const answer = this.answer(bytes);
    if (typeof answer !== 'number') throw answer;
    this.#take(bytes, answer);
    return answer;
  }

  #take(bytes: Uint8Array, count: number): void {
    this.text += Buffer.from(bytes.subarray(0, count)).toString();
  }
}

const failure = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });

const FAULTS: readonly { what: string; answer: TestSink['answer'] }[] = [
  { what: 'a full disk', answer: () => failure('ENOSPC') },
  { what: 'a pipe that is closed', answer: () => failure('EPIPE') },
  { what: 'a pipe that nobody reads', answer: () => failure('EAGAIN') },
  { what: 'a file that may not grow', answer: () => failure('EFBIG') },
  { what: 'a disk that takes nothing and says nothing', answer: () => 0 },
];

test.each(FAULTS)(
  '$what costs the lines that cannot wait; it goes on by itself and says how many',
  async ({ answer }) => {
    const sink = new TestSink();
    const output = new LogOutput(sink, { mostBytes: 100 });
    const told: number[] = [];
    output.whenResumed((lost) => told.push(lost));
    output.write(line(0));
    await eventually('the first line is written', () => sink.text === line(0));

    sink.answer = answer;
    for (let number = 1; number <= 25; number++) output.write(line(number));
    await eventually('it is tried again', () => sink.tries >= 4);
    expect({ text: sink.text, lost: output.lost, told }).toEqual({ text: line(0), lost: 15, told: [] });

    sink.answer = (bytes) => bytes.length;
    await eventually('it is told of', () => told.length > 0);
    output.write(line(26));
    await eventually('the last line is written', () => sink.text.endsWith(line(26)));
    expect({ text: sink.text, lost: output.lost, told }).toEqual({
      text: `${lines(0, 11)}${line(26)}`,
      lost: 15,
      told: [15],
    });
  },
);

test('a line that is written by half is finished first', async () => {
  const sink = new TestSink();
  const output = new LogOutput(sink);
  let isFull = false;
  sink.answer = () => {
    isFull = !isFull;
    return isFull ? 7 : failure('ENOSPC');
  };
  for (let number = 0; number < 10; number++) output.write(line(number));
  await eventually('all is written', () => sink.text.length === 100);
  expect({ text: sink.text, lost: output.lost }).toEqual({ text: lines(0, 10), lost: 0 });
});

test('at the end, what waits is written; where that fails or is not answered, it is given up', async () => {
  const slow = new TestSink();
  slow.answer = (bytes) => Math.min(3, bytes.length);
  const output = new LogOutput(slow);
  output.write(line(0));
  await expect(output.close(600_000)).resolves.toBe(true);
  expect({ text: slow.text, isStuck: output.isStuck }).toEqual({ text: line(0), isStuck: false });

  const full = new TestSink();
  full.answer = () => failure('ENOSPC');
  const failing = new LogOutput(full);
  failing.write(line(0));
  // It would wait for longer than a test may last.
  await expect(failing.close(600_000)).resolves.toBe(false);

  const hanging = new TestSink();
  hanging.answer = () => 'never';
  const stuck = new LogOutput(hanging);
  stuck.write(line(0));
  await expect(stuck.close(20)).resolves.toBe(false);
  expect(stuck.isStuck).toBe(true);
});

test('where nothing can be waited for, what waits is written at once', () => {
  const sink = new TestSink();
  sink.answer = () => failure('EAGAIN');
  const output = new LogOutput({ write: () => {}, writeSync: (bytes) => sink.writeSync(bytes) });
  output.flushNow();
  expect(sink.text).toBe('');
  const waiting = new LogOutput(sink);
  waiting.flushNow();
  expect(waiting.isStuck).toBe(false);
});
