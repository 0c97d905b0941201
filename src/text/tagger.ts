import winkModel from 'wink-eng-lite-web-model';
import winkNLP, { type PartOfSpeech } from 'wink-nlp';
import { type Piece, splitSentences } from './sentences.js';

/** A word, number or sign of a sentence. */
export interface TaggedWord {
  /** As written; contractions are two words: `do`, `n't`. */
  readonly text: string;
  readonly tag: PartOfSpeech;
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

const nlp = winkNLP(winkModel, ['pos']);
const lexicon = nlp.readDoc('.');

/** Splits a text into sentences and tags each word with its part of speech (Universal Dependencies' tag set). */
export function tagSentences(text: string): TaggedSentence[] {
  return splitSentences(text).flatMap((pieces) => {
    const words = tagPieces(pieces);
    const first = words[0];
    const last = words.at(-1);
    return first && last ? [{ words, start: first.start, end: last.end }] : [];
  });
}

/**
 * Tags the words of one sentence.
 *
 * wink-nlp gets to see words of its own lexicon and a few stand-ins only, one space apart, never the text itself.
 * Else it would keep every unknown word it ever sees, and its tokeniser would take seconds over hostile signs
 * (900 times `http://a.b/`: 4.8 s).
 */
export function tagPieces(pieces: readonly Piece[]): TaggedWord[] {
  const shown = show(pieces);
  let text = '';
  for (const { as } of shown) text += `${as} `;
  const tokens = nlp.readDoc(text).tokens();
  const tags = tokens.out(nlp.its.pos);
  if (tags.length === shown.length) {
    return shown.map(({ text, start, end }, i) => ({ text, tag: toTag(tags[i]), start, end }));
  }
  // A contraction is several tokens to wink-nlp: those after its first have no space before them.
  const values = tokens.out();
  const gaps = tokens.out(nlp.its.precedingSpaces);
  const words: TaggedWord[] = [];
  let at = 0;
  for (const piece of shown) {
    let next = at + 1;
    while (next < values.length && gaps[next] === '') next += 1;
    let start = piece.start;
    for (; at < next; at++) {
      const end = at === next - 1 ? piece.end : Math.min(piece.end, start + (values[at]?.length ?? 0));
      words.push({
        text: piece.text.slice(start - piece.start, end - piece.start),
        tag: toTag(tags[at]),
        start,
        end,
      });
      start = end;
    }
  }
  return words;
}

const TAGS: ReadonlySet<string> = new Set<PartOfSpeech>([
  'ADJ',
  'ADP',
  'ADV',
  'AUX',
  'CCONJ',
  'DET',
  'INTJ',
  'NOUN',
  'NUM',
  'PART',
  'PRON',
  'PROPN',
  'PUNCT',
  'SCONJ',
  'SYM',
  'VERB',
  'X',
  'SPACE',
]);

function isTag(tag: string): tag is PartOfSpeech {
  return TAGS.has(tag);
}

function toTag(tag: string | undefined): PartOfSpeech {
  return tag !== undefined && isTag(tag) ? tag : 'X';
}

/** A stretch of the text, and as what wink-nlp gets to see it: one of its words, or a stand-in. */
interface Shown extends Pick<Piece, 'text' | 'start' | 'end'> {
  readonly as: string;
}

const WITH_ENDING = /^(.+?)'(?:s|m|d|re|ve|ll)$/i;
/** Contractions that wink-nlp knows as one word or not at all: here's, thats, im. */
const CONTRACTION = /^(?:(i)m|(here|that|what|where|who|how|there)'?s)$/i;
const LONGEST_CONTRACTION = "there's".length;

function show(pieces: readonly Piece[]): Shown[] {
  const shown: Shown[] = [];
  for (const piece of pieces) {
    const { text, start, end } = piece;
    const contraction = text.length <= LONGEST_CONTRACTION ? CONTRACTION.exec(text) : null;
    const stem = contraction
      ? (contraction[1] ?? contraction[2])
      : text.includes("'") && isForeign(text)
        ? WITH_ENDING.exec(text)?.[1]
        : undefined;
    if (stem === undefined) {
      shown.push({ text, start, end, as: standIn(piece) });
    } else {
      const cut = start + stem.length;
      const ending = text.slice(stem.length);
      const verb = contraction?.[1] === undefined ? 'is' : 'am';
      shown.push({ text: stem, start, end: cut, as: standIn({ ...piece, text: stem }) });
      shown.push({ text: ending, start: cut, end, as: contraction ? verb : ending.toLowerCase() });
    }
  }
  return shown;
}

function isForeign(word: string): boolean {
  return lexicon.isOOV(word) && lexicon.isOOV(word.toLowerCase());
}

/** Endings by which wink-nlp guesses the part of speech of a word it does not know, longest first. */
const ENDINGS = 'able tish like less ing ous ful ary ier est ity ion ed ly fy ky es er or'.split(' ');
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
/** The stem of words that no lexicon has. */
const STEM = 'zq';
/** A word that wink-nlp knows, or a stand-in of the same look, without white space. */
function standIn({ kind, text }: Piece): string {
  if (kind === 'address' || kind === 'name') return STEM.toUpperCase();
  if (kind === 'number') return '10';
  if (kind === 'end') return endStandIn(text);
  if (kind === 'sign') return signStandIn(text);
  const spelled = SPELLINGS.get(text);
  if (spelled !== undefined) return spelled;
  if (!lexicon.isOOV(text)) return text;
  const lower = text.toLowerCase();
  if (lower.length === text.length && !lexicon.isOOV(lower)) return lower;
  if (/^\p{N}/u.test(text)) return /\p{L}/u.test(text) ? '10th' : '10';
  if (lower !== text) return STEM.toUpperCase();
  return STEM + (ENDINGS.find((ending) => lower.endsWith(ending)) ?? '');
}

function endStandIn(text: string): string {
  if (text.includes('..')) return '...';
  return text.includes('?') ? '?' : text.charAt(0);
}

const PICTURE = /\p{Extended_Pictographic}/u;

function signStandIn(text: string): string {
  if (!lexicon.isOOV(text)) return text;
  const sign = String.fromCodePoint(text.codePointAt(0) ?? 0x2a);
  if (!lexicon.isOOV(sign)) return sign;
  return PICTURE.test(sign) ? '😀' : '*';
}

/** Whether wink-nlp's lexicon of some 85,000 English words, common names among them, has a word, in any case. */
export function isKnownWord(word: string): boolean {
  return !isForeign(word);
}

const verbs = new Map<string, boolean>();

/**
 * Whether a word that is tagged as something else may be a verb: `ban`, `vote`, `rise`, not `nonsense`.
 * @param word of wink-nlp's lexicon, in any case; any other may not
 */
export function canBeVerb(word: string): boolean {
  const lower = word.toLowerCase();
  let answer = verbs.get(lower);
  if (answer === undefined) {
    // Only words of the lexicon are kept, so that memory is bounded.
    if (lexicon.isOOV(lower)) return false;
    answer = nlp.readDoc(`to ${lower}`).tokens().out(nlp.its.pos)[1] === 'VERB';
    verbs.set(lower, answer);
  }
  return answer;
}
