import { fold } from '../../src/text/fold.js';
import { scriptOf, tokensInOtherScripts } from '../../src/text/scripts.js';
import { tokenise } from '../../src/text/tokens.js';

test.each([
  ['plain English', [], 'Latin'],
  ['crème brûlée', [], 'Latin with accents'],
  ['ｆｕｌｌ 𝕨𝕚𝕕𝕥𝕙', [], 'Latin of another width'],
  ['рutіn is right', [], 'Latin with two Cyrillic letters'],
  ['fцck this', [], 'mostly Latin'],
  ['the сор ran', [], 'look-alikes only, in an English sentence'],
  ['Я знаю, но не скажу', ['Я', 'знаю', 'но', 'не', 'скажу'], 'look-alikes in a Russian sentence'],
  ['the word हिन्दी means', ['हिन्दी'], 'one word'],
  ['iPhone很好很好', ['iPhone很好很好'], 'two scripts in a word, mostly Chinese'],
])('%s: %j (%s)', (text, expected) => {
  const folded = fold(text);
  const tokens = tokenise(folded.lower);
  const found = [...tokensInOtherScripts(text, folded, tokens).keys()].map((i) => tokens[i]?.word);
  const words = expected.map((word) => fold(word).lower);
  expect(found).toEqual(words);
});

test('letters are counted, of Chinese, Japanese and Korean twice, and marks not', () => {
  const letters = (text: string) => {
    const folded = fold(text);
    return [...tokensInOtherScripts(text, folded, tokenise(folded.lower)).values()];
  };
  expect(letters('हिन्दी')).toEqual([3]);
  expect(letters('很好')).toEqual([4]);
});

test.each([
  ['यह', 'Devanagari'],
  ['the word यह', 'Devanagari'],
  ['ひどい', 'Japanese'],
  ['이것은', 'Korean'],
  ['ⴰⵣⵓⵍ', undefined],
  ['Latin', undefined],
])('%s is written in %s', (text, name) => {
  expect(scriptOf(text)).toBe(name);
});
