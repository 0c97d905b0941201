import { Comment, view } from '../../src/comment/comment.js';

/** A view, and how often it has been made. */
function counted<T>(make: (comment: Comment) => T) {
  const made = { times: 0 };
  const of = view((comment) => {
    made.times += 1;
    return make(comment);
  });
  return { made, of };
}

test('a view is made once for each comment, whichever comes in between', () => {
  const { made, of } = counted(({ tokens }) => tokens.map(({ word }) => word));
  const [one, two] = [new Comment('Well said'), new Comment('Well said')];
  expect(made.times).toBe(0);
  const first = of(one);
  expect(first).toEqual(['well', 'said']);
  expect(of(two)).toEqual(first);
  expect(of(two)).not.toBe(first);
  expect(of(one)).toBe(first);
  expect(made.times).toBe(2);
});

test.each<[what: string, value: unknown]>([
  ['undefined', undefined],
  ['false', false],
  ['a number', 0],
])('a view that is %s is made once too', (_, value) => {
  const { made, of } = counted(() => value);
  const comment = new Comment('Well said');
  expect([of(comment), of(comment)]).toEqual([value, value]);
  expect(made.times).toBe(1);
});

test('views do not mix, also where one is made of another', () => {
  const count = counted(({ tokens }) => tokens.length);
  const twice = counted((comment) => 2 * count.of(comment));
  const comment = new Comment('Well said');
  expect([twice.of(comment), count.of(comment), twice.of(comment)]).toEqual([4, 2, 4]);
  expect([count.made.times, twice.made.times]).toEqual([1, 1]);
});

test('of a view that cannot be made nothing is kept', () => {
  let isBroken = true;
  const of = view(() => {
    if (isBroken) throw new Error('broken');
    return 'made';
  });
  const comment = new Comment('Well said');
  expect(() => of(comment)).toThrow('broken');
  isBroken = false;
  expect(of(comment)).toBe('made');
});
