import { hasWord, type KnownWord, lookUp, type Tag, tagOf, unknownWord } from './english-words.js';
import { remember } from './remember.js';
import { type Piece, type PieceKind, splitSentences } from './sentences.js';
import { tagWords } from './tagging-rules.js';

/** A word, number or sign of a sentence. */
export interface TaggedWord {
  /** As written; contractions are two words: `do`, `n't`. */
  readonly text: string;
  readonly tag: Tag;
  /** Offsets into the text that was tagged; `end` excluded. */
  readonly start: number;
  readonly end: number;
}

/** A sentence by `splitSentences`. */
export interface TaggedSentence {
  /** At least one; between them is nothing but white space. */
  readonly words: readonly TaggedWord[];
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a text into sentences and tags each word with its part of speech (Universal Dependencies' tag set). A word of
 * more than 100 units is a noun.
 */
export function tagSentences(text: string): TaggedSentence[] {
  return splitSentences(text).flatMap((pieces) => {
    const words = tagPieces(pieces);
    const first = words[0];
    const last = words.at(-1);
    return first && last ? [{ words, start: first.start, end: last.end }] : [];
  });
}

/** Tags the words of one sentence. */
export function tagPieces(pieces: readonly Piece[]): TaggedWord[] {
  const parts: Part[] = [];
  const starts: number[] = [];
  for (const piece of pieces) {
    let { start } = piece;
    for (const part of partsOf(piece)) {
      parts.push(part);
      starts.push(start);
      start += part.text.length;
    }
  }
  const tags = tagWords(parts.map(({ word }) => word));
  return parts.map(({ text }, i) => {
    const start = starts[i] ?? 0;
    return { text, tag: tagOf(tags[i] ?? 0), start, end: start + text.length };
  });
}

/** A piece or a part of one: contractions have several. */
interface Part {
  readonly text: string;
  readonly word: KnownWord;
}

const WITH_ENDING = /^(.+?)'(?:s|m|d|re|ve|ll)$/i;
/** Contractions that wink-nlp knows as one word or not at all: here's, thats, im. */
const CONTRACTION = /^(?:(i)m|(here|that|what|where|who|how|there)'?s)$/i;
const LONGEST_CONTRACTION = "there's".length;

function partsOf({ kind, text }: Piece): readonly Part[] {
  return kind === 'word' ? partsOfWord(text) : splitEnding(text, kind);
}

const partsOfWord = remember((word) => splitEnding(word, 'word'));

/** In units. What is longer is no word of any language: a noun that nobody knows, whatever its ending. */
const LONGEST_WORD = 100;

/** The parts of a contraction, whether the lexicon has it as such or not; anything else whole. */
function splitEnding(text: string, kind: PieceKind): readonly Part[] {
  if (kind === 'word' && text.length > LONGEST_WORD) return toParts(text, NOUN);
  const contraction = text.length <= LONGEST_CONTRACTION ? CONTRACTION.exec(text) : null;
  const stem = contraction
    ? (contraction[1] ?? contraction[2])
    : text.includes("'") && isForeign(text)
      ? WITH_ENDING.exec(text)?.[1]
      : undefined;
  if (stem === undefined) return toParts(text, read(text, kind));
  const ending = text.slice(stem.length);
  const verb = contraction?.[1] === undefined ? 'is' : 'am';
  return [
    ...toParts(stem, read(stem, kind)),
    ...toParts(ending, lookUp(contraction ? verb : ending.toLowerCase())),
  ];
}

/** Cuts a text into as many parts as words stand for it. */
function toParts(text: string, words: readonly KnownWord[]): Part[] {
  let start = 0;
  return words.map((word, i) => {
    const end = i === words.length - 1 ? text.length : Math.min(text.length, start + word.text.length);
    const part = { text: text.slice(start, end), word };
    start = end;
    return part;
  });
}

function isForeign(word: string): boolean {
  return !hasWord(word) && !hasWord(word.toLowerCase());
}

const NAME = [unknownWord('PROPN')];
const NOUN = [unknownWord('NOUN')];
const NUMBER = lookUp('10');
const ORDINAL = lookUp('10th');
const PICTURE = lookUp('😀');
const SIGN = [unknownWord('SYM')];
/** What an unknown word in small letters is taken for by its ending. */
const BY_ENDING: readonly (readonly [RegExp, readonly KnownWord[]])[] = [
  [/(?:able|tish|like|less|ous|ful|ary|ier|est|fy|ky)$/, [unknownWord('ADJ')]],
  [/(?:ing|ed)$/, [unknownWord('VERB')]],
  [/ly$/, [unknownWord('ADV')]],
];
/** Words as people type them in haste, which the lexicon lacks or takes for something else. Small letters only. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    i: 'I',
    u: 'you',
    ur: 'your',
    r: 'are',
    n: 'and',
    d: 'the',
    dis: 'this',
    dat: 'that',
    wat: 'what',
    bcoz: 'because',
    coz: 'because',
    cuz: 'because',
    plz: 'please',
    pls: 'please',
    hv: 'have',
    hav: 'have',
    shud: 'should',
    wud: 'would',
    cud: 'could',
  }),
);
/** The words of the lexicon that stand for a text, or one that it has not. */
function read(text: string, kind: PieceKind): readonly KnownWord[] {
  if (kind === 'address' || kind === 'name') return NAME;
  if (kind === 'number') return NUMBER;
  if (kind === 'end') return lookUp(endMark(text));
  if (kind === 'sign') return readSign(text);
  const spelled = SPELLINGS.get(text);
  if (spelled !== undefined) return lookUp(spelled);
  if (hasWord(text)) return lookUp(text);
  const lower = text.toLowerCase();
  if (lower.length === text.length && hasWord(lower)) return lookUp(lower);
  if (/^\p{N}/u.test(text)) return /\p{L}/u.test(text) ? ORDINAL : NUMBER;
  if (lower !== text) return NAME;
  return BY_ENDING.find(([ending]) => ending.test(text))?.[1] ?? NOUN;
}

function endMark(text: string): string {
  if (text.includes('..')) return '...';
  return text.includes('?') ? '?' : text.charAt(0);
}

const PICTORIAL = /\p{Extended_Pictographic}/u;

function readSign(text: string): readonly KnownWord[] {
  if (hasWord(text)) return lookUp(text);
  const sign = String.fromCodePoint(text.codePointAt(0) ?? 0x2a);
  if (hasWord(sign)) return lookUp(sign);
  return PICTORIAL.test(sign) ? PICTURE : SIGN;
}

/** Whether wink-nlp's lexicon of some 85,000 English words, common names among them, has a word, in any case. */
export const isKnownWord: (word: string) => boolean = remember((word) => !isForeign(word));

/**
 * Whether a word that is tagged as something else may be a verb: `ban`, `vote`, `rise`, not `nonsense`.
 * @param word of wink-nlp's lexicon, in any case; any other may not
 */
export const canBeVerb: (word: string) => boolean = remember((word) => {
  const lower = word.toLowerCase();
  const tag = tagWords([...lookUp('to'), ...lookUp(lower)])[1];
  return tag !== undefined && tagOf(tag) === 'VERB';
});
