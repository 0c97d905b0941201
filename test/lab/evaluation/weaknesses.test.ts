import { WEAKNESSES } from '../../../src/lab/evaluation/weakness-sentences.js';
import { actionOf } from '../../rules/default-rules.js';

/** What the two rules on abuse do about a text together: the stricter of them. */
function outcomeOf(text: string): string {
  const actions = [actionOf('abuse', text), actionOf('personal-attack', text)];
  return (['reject', 'review'] as const).find((action) => actions.includes(action)) ?? 'approve';
}

describe.each(Object.entries(WEAKNESSES))('%s', (_, rows) => {
  test('is shown from both sides', () => {
    expect(rows.filter(([, expected]) => expected === 'approve').length).toBeGreaterThanOrEqual(8);
    expect(rows.filter(([, expected]) => expected !== 'approve').length).toBeGreaterThanOrEqual(8);
  });

  const held = rows.flatMap(([text, expected, why, state]) =>
    state === 'missed' ? [] : [{ text, expected, why }],
  );
  test.each(held)('$text → $expected ($why)', ({ text, expected }) => {
    const allowed = expected === 'stopped' ? ['review', 'reject'] : [expected];
    expect(allowed).toContain(outcomeOf(text));
  });
});
