import { loadGuidelines } from '../../../src/guidelines/load.js';
import { INNOCENT } from '../../../src/lab/corpus/innocent-words.js';
import { BAD } from '../../../src/lab/evaluation/disguised-words.js';
import { disguises } from '../../../src/lab/evaluation/disguises.js';
import type { Figure } from '../../../src/lab/evaluation/figure.js';
import { halves } from '../../../src/lab/evaluation/halves.js';
import { SECOND_DISGUISES } from '../../../src/lab/evaluation/second-disguises.js';
import { HARMLESS_SENTENCES, SECOND_BAD, SECOND_INNOCENT } from '../../../src/lab/evaluation/second-words.js';
import type { Subject } from '../../../src/lab/evaluation/subject.js';

const TODAY = '2026-11-24';

const WRITTEN: Readonly<Record<keyof typeof SECOND_DISGUISES, string>> = {
  'by sound': 'wanka',
  'two letters swapped': 'wankre',
  'first vowel dropped': 'wnker',
  'v for u, l for i': 'wanker',
  'slashes between': 'w/a/n/k/e/r',
  'apostrophes between': "w'a'n'k'e'r",
  'emoji between': 'w🔥a🔥n🔥k🔥e🔥r',
  'doubled and spaced': 'ww aa nn kk ee rr',
  'digits and stretched': 'w4444nk3r',
  'small capitals': 'ᴡᴀɴᴋᴇʀ',
  superscript: 'ʷᵃⁿᵏᵉʳ',
  'Greek letters': 'ωαηκεr',
  'upside down': 'ɹǝʞuɐʍ',
  'letters in squares': '🆆🅰🅽🅺🅴🆁',
  'flag letters': '🇼\u200b🇦\u200b🇳\u200b🇰\u200b🇪\u200b🇷',
  'written from the right': '\u202ereknaw\u202c',
  'as HTML numbers': '&#119;&#97;&#110;&#107;&#101;&#114;',
  'marked up inside': 'w**a**nker',
  'tags inside': 'wa<b></b>nker',
  'a letter in brackets': 'w(a)nker',
  'number sign for a vowel': 'w#nker',
  'glued to a word': 'stupidwanker',
  'as a hashtag': '#TotalWanker',
  'cut by a full stop': 'wan.ker',
};

test.each(Object.entries(SECOND_DISGUISES))('a word written %s', (name, disguise) => {
  expect(disguise('wanker', 'wanka')).toBe(WRITTEN[name]);
});

test('the second tables repeat nothing of the first, nor themselves', () => {
  expect(Object.keys(SECOND_BAD).filter((word) => BAD.includes(word))).toEqual([]);
  expect(SECOND_INNOCENT.filter((word) => INNOCENT.includes(word))).toEqual([]);
  for (const table of [SECOND_INNOCENT, HARMLESS_SENTENCES]) expect(table).toHaveLength(new Set(table).size);
});

describe('the figures', () => {
  let figures: Figure[];
  const figure = (id: string) => figures.find((candidate) => candidate.id === id);

  beforeAll(async () => {
    const { ruleset } = await loadGuidelines('rules', { today: TODAY });
    const libraries = {
      notEnglish: [],
      obscene: [{ name: 'shit alone', says: (text: string) => text.includes('shit') }],
      missing: [],
    };
    const subject: Subject = { dataDir: 'none', rulesDir: 'rules', ruleset, today: TODAY, libraries };
    figures = await disguises.measure(subject);
  });

  test('what the rules know is caught, the innocent never', () => {
    expect(figure('disguises')?.value).toBe(1);
    expect(figure('innocent-words')?.value).toBe(0);
  });

  test.each([
    ['disguises-looked-at/as-they-are', 1],
    ['disguises-looked-at/slashes-between', 1],
    ['disguises-looked-at/dots', 1],
  ])('%s stays at %d', (id, value) => {
    expect(figure(id)?.value).toBe(value);
  });

  test('the parts of a figure make up the whole', () => {
    for (const id of ['disguises', 'disguises-looked-at']) {
      const parts = figures.filter((candidate) => candidate.id.startsWith(`${id}/`));
      expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(figure(id)?.count);
    }
  });

  test('what is never looked at is counted and named nowhere', () => {
    const unseen = [
      ...halves(Object.keys(SECOND_BAD), (word) => word).unseen,
      ...halves(SECOND_INNOCENT, (word) => word).unseen,
      ...halves(HARMLESS_SENTENCES, (text) => text).unseen,
    ];
    const fresh = figures.filter(({ id }) => id.includes('-new'));
    expect(fresh.map(({ id }) => id)).toEqual([
      'disguises-new-words-plain',
      'disguises-new-words',
      'disguises-new-kinds',
      'innocent-words-new',
      'harmless-sentences-new',
    ]);
    for (const { id, note } of fresh) expect([id, note]).toEqual([id, undefined]);
    const notes = figures.map(({ note }) => note ?? '').join('\n');
    expect(unseen.filter((text) => notes.includes(text))).toEqual([]);
  });

  test('libraries are asked about the same texts', () => {
    const figure = figures.find(({ id }) => id === 'disguises-looked-at/as-they-are');
    const { lookedAt } = halves(Object.keys(SECOND_BAD), (word) => word);
    const withShit = lookedAt.filter((word) => word.includes('shit')).length;
    expect(figure?.beside).toEqual([{ name: 'shit alone', value: withShit / lookedAt.length }]);
  });
});
