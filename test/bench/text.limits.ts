import fc from 'fast-check';
import { featuresOf } from '../../src/classifier/linear/features.js';
import { Comment } from '../../src/comment/comment.js';
import { fullSentences } from '../../src/detectors/full-sentences.js';
import { insults } from '../../src/detectors/insults.js';
import { language } from '../../src/detectors/language.js';
import { links } from '../../src/detectors/links.js';
import { lowerCase } from '../../src/detectors/lower-case.js';
import { repetition } from '../../src/detectors/repetition.js';
import { shouting } from '../../src/detectors/shouting.js';
import { textSpeak } from '../../src/detectors/text-speak.js';
import { coverage } from '../../src/guidelines/compile/applies.js';
import { readRulesFolder } from '../../src/guidelines/files/folder.js';
import { PhraseIndex } from '../../src/matching/phrase-index.js';
import { htmlToText } from '../../src/text/html.js';
import { tagSentences } from '../../src/text/tagger.js';
import { findFault } from '../../src/wire/json.js';
import { prepared } from '../detectors/prepared.js';
import { LARGE, LARGE_FILES } from '../guidelines/large-files.js';
import { TEST_DETECTORS } from '../guidelines/rules-folder.js';
import { changed, compileOrTell } from '../guidelines/slips.js';
import { cpuTimeOf } from '../helpers/growth.js';
import { HOSTILE_HTML, textsOf } from '../helpers/hostile-texts.js';
import { slowest, within, worstText } from './figures.js';

// What takes no process of its own: processor time over 10,000 characters that are meant to cost much.

const DETECTORS = [
  { name: 'links', most: 20, detect: prepared(links, {}) },
  { name: 'shouting', most: 20, detect: prepared(shouting, {}) },
  { name: 'lower-case', most: 20, detect: prepared(lowerCase, {}) },
  { name: 'repetition', most: 20, detect: prepared(repetition, {}) },
  { name: 'text-speak', most: 40, detect: prepared(textSpeak, { words: ['u', 'r', 'd', 'n', 'gr8', '2'] }) },
  { name: 'full-sentences', most: 40, detect: prepared(fullSentences, {}) },
  { name: 'insults', most: 50, detect: prepared(insults, { words: ['idiot*', 'moron', 'fool'] }) },
  { name: 'language', most: 50, detect: prepared(language, {}) },
];
for (const { name, most, detect } of DETECTORS) within(most, `detector ${name}`, () => worstText(detect));

const phrases = new PhraseIndex();
phrases.add(
  ['idiot*', 'shit', 'you {insult}', 'f u'].map((text) => ({ text, exact: false })),
  new Map([['insult', ['fool', 'clown']]]),
);
within(50, 'phrases', () => worstText((text) => new Comment(text).hits(phrases)));
within(20, 'parts of speech', () => worstText(tagSentences));
within(30, 'features of the classifier', () => worstText((text) => featuresOf(new Comment(text))));
within(1000, '1 MB of HTML', () =>
  worstText(
    (piece) => {
      const { text, toHtml } = htmlToText(`<a ${piece}`);
      toHtml({ start: 0, end: text.length });
    },
    { texts: textsOf(HOSTILE_HTML), length: 1_000_000 },
  ),
);
within(1000, 'the fault in 200,000 characters of JSON', () =>
  worstText(findFault, {
    texts: textsOf([
      ['brackets', '['],
      ['digits', '1'],
      ['line ends in a string', '\\n'],
    ]),
    length: 200_000,
  }),
);
within(500, 'an address under 500 stars', () => {
  const covers = coverage([`/${'*a'.repeat(500)}*b`]);
  return worstText(covers, { texts: [['one letter', (length) => `/${'a'.repeat(length)}`]] });
});
within(20_000, 'the mistakes of 200,000 characters of a rule file', () =>
  slowest(
    LARGE_FILES.map(([worst, make]) => {
      const files = new Map([['a.yaml', make(LARGE)]]);
      return { worst, ms: cpuTimeOf(() => compileOrTell(files, TEST_DETECTORS)) };
    }),
  ),
);
within(
  5000,
  'the mistakes of a default rule file with a slip',
  async () => {
    const files = await readRulesFolder('rules');
    return slowest(
      [...files].flatMap(([name, content]) =>
        fc.sample(changed(content), 20).map((text) => ({
          worst: name,
          ms: cpuTimeOf(() => compileOrTell(new Map([...files, [name, text]]))),
        })),
      ),
    );
  },
  600_000,
);
