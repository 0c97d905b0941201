import fc from 'fast-check';
import { Comment } from '../../src/comment/comment.js';
import { PhraseError } from '../../src/matching/phrase.js';
import { PhraseIndex } from '../../src/matching/phrase-index.js';
import { steepTexts } from '../helpers/growth.js';

const LISTS = new Map([['insult', ['idiot*', 'moron', 'piece of work', 'dimwit']]]);

function index(phrases: string[], exact = false): PhraseIndex {
  const made = new PhraseIndex();
  made.add(
    phrases.map((text) => ({ text, exact })),
    LISTS,
  );
  return made;
}

/** The words of the text that the phrases are found in. */
function foundIn(text: string, phrases: string[], exact = false): string[] {
  const hits = new Comment(text).hits(index(phrases, exact))[0] ?? [];
  return [...new Set(hits.map(({ span }) => text.slice(span.start, span.end)))];
}

describe('a phrase', () => {
  test.each<[phrase: string, text: string, found: string[], why: string]>([
    ['idiot', 'You idiot!', ['idiot'], 'a word as written'],
    ['idiot', 'YOU IDIOT', ['IDIOT'], 'without case'],
    ['idiot', "the idiot's guide", ["idiot's"], 'with a possessive'],
    ['idiot', 'idiotic', [], 'not inside a longer word'],
    ['idiot*', 'an idiotic idea of idiots', ['idiotic', 'idiots'], 'a star ends a word form'],
    ['paid troll', 'A paid  troll wrote it', ['paid  troll'], 'two words, however they are spaced'],
    ['paid troll', 'a paid, troll', ['paid, troll'], 'a comma between does not part them'],
    ['paid troll', 'I was paid. Troll is a word.', [], 'a full stop does'],
    [
      'you {insult}',
      'you idiots, you moron, you piece of work',
      ['you idiots', 'you moron', 'you piece of work'],
      'a list stands for its entries',
    ],
    ["you're a {insult}", 'you’re a moron', ['you’re a moron'], 'typographic apostrophes are apostrophes'],
  ])('%s in "%s"', (phrase, text, found) => {
    expect(foundIn(text, [phrase])).toEqual(found);
  });
});

describe('disguises of a word', () => {
  test.each<[word: string, text: string, found: string[], why: string]>([
    ['idiot', 'you 1d10t', ['1d10t'], 'digits for letters'],
    ['asshole', 'that @$$h0le there', ['@$$h0le'], 'signs for letters'],
    ['shit', 'what sh!t is this', ['sh!t'], 'an exclamation mark for a letter'],
    ['shit', '$h1t!', ['$h1t'], 'closing punctuation is no letter'],
    ['fuck', 'f u c k off', ['f u c k'], 'spaced out'],
    ['fuck', 'f.u.c.k off', ['f.u.c.k'], 'dotted'],
    ['fuck', 'f. u. c. k. off', ['f. u. c. k'], 'dotted and spaced'],
    ['fuck', 'f-u-c-k off', ['f-u-c-k'], 'hyphenated'],
    ['fuck', 'f_u_c_k off', ['f_u_c_k'], 'underlined'],
    ['fuck', 'fuuuuuck off', ['fuuuuuck'], 'stretched'],
    ['fuck', 'FFFUUUCCCKKK', ['FFFUUUCCCKKK'], 'stretched everywhere'],
    ['fuck', 'fu ck off', ['fu ck'], 'broken by a space'],
    ['fuck', 'f\u200bu\u200bc\u200bk', ['f\u200bu\u200bc\u200bk'], 'zero-width spaces'],
    ['fuck', 'fu\u00adck', ['fu\u00adck'], 'a soft hyphen'],
    ['fuck', 'fúçk', ['fúçk'], 'diacritics'],
    ['fuck', 'f\u0336u\u0336c\u0336k\u0336', ['f\u0336u\u0336c\u0336k\u0336'], 'struck through'],
    ['fuck', 'ƒuck', ['ƒuck'], 'a look-alike'],
    ['shit', 'ѕһіt', ['ѕһіt'], 'Cyrillic look-alikes'],
    ['fuck', 'ｆｕｃｋ', ['ｆｕｃｋ'], 'full width'],
    ['fuck', '𝓯𝓾𝓬𝓴', ['𝓯𝓾𝓬𝓴'], 'mathematical letters'],
    ['fuck', 'ⓕⓤⓒⓚ', ['ⓕⓤⓒⓚ'], 'circled letters'],
    ['fuck', '🅵🆄🅲🅺', ['🅵🆄🅲🅺'], 'squared letters'],
    ['fuck', 'f*ck off', ['f*ck'], 'partly starred'],
    ['fuck', 'f**k off', ['f**k'], 'two stars'],
    ['fucking', 'f**king', ['f**king'], 'stars in a longer word'],
    ['fuck', 'f#ck this', ['f#ck'], 'another sign over a letter'],
    ['bitch', 'b***h', ['b***h'], 'starred but for the ends'],
    ['shit', 'the *sh!t* of the year', ['sh!t'], 'emphasised'],
    ['shit', 'the (sh!t).', ['sh!t'], 'in brackets'],
    ['idiot', 'ıdıot', ['ıdıot'], 'dotless i'],
  ])('%s in "%s"', (word, text, found) => {
    expect(foundIn(text, [word])).toEqual(found);
    expect(foundIn(text, [word], true)).toEqual([]);
  });
});

describe('innocent text', () => {
  test.each<[word: string, text: string, why: string]>([
    ['shit', 'He pushed it to the U.S. hit list.', 'initials before a word'],
    ['shit', 'Lakshmi and Shi T. Li met', 'a name with an initial'],
    ['ass', 'class, assassin, Assam, passage', 'inside words'],
    ['ass', 'as soon as', 'a word of the language is no disguise'],
    ['cok', 'the cook', 'nor is one with a letter twice'],
    ['fag', 'F. A. G. Hariharan and 5 others', 'initials with more letters than the word has'],
    ['tit', 'A.T. and T.I. are initials', 'initials'],
    ['ass', '455 people', 'digits alone are a number'],
    ['cunt', 'Scunthorpe', 'inside a place'],
    ['dick', 'd*** good', 'one letter and stars may be anything'],
    ['hell', "he'll go", 'an apostrophe parts'],
    ['shit', 'the *hit* of the year', 'emphasis is no mask'],
    ['sex', 'S & X are letters', 'letters beside a sign'],
  ])('%s is not in "%s"', (word, text) => {
    expect(foundIn(text, [word])).toEqual([]);
  });
});

test.each<[phrase: string, message: RegExp]>([
  ['...', /no word to look for/],
  ['', /no word to look for/],
  ['f*ck', /a \* may only end a word/],
  ['you {Insult', /without its partner/],
  ['you {In sult}', /names no list/],
  ['you {nobody}', /no list named "nobody"/],
])('refuses "%s"', (phrase, message) => {
  expect(() => index([phrase])).toThrow(PhraseError);
  expect(() => index([phrase])).toThrow(message);
});

describe('any text', () => {
  const made = index(['idiot*', 'shit', 'you {insult}', 'f u']);
  test('gives spans within it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const { span } of new Comment(text).hits(made)[0] ?? []) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.start).toBeLessThan(span.end);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  test('takes a time in proportion to it', () => {
    expect(steepTexts((text) => new Comment(text).hits(made))).toEqual([]);
  });
});
