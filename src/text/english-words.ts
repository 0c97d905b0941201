import model from 'wink-eng-lite-web-model';
import { z } from 'zod';

/** The parts of speech of Universal Dependencies, in the model's order; UNK is none of them. */
const TAGS = [
  'UNK',
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
  'SPACE',
  'SYM',
  'VERB',
  'X',
  'SCONJ',
] as const;
export type Tag = Exclude<(typeof TAGS)[number], 'UNK'>;
/** A part of speech: its place in the model's list. */
export type TagId = number;

/** What the model knows of a word, or of a part of a contraction. */
export interface KnownWord {
  readonly text: string;
  /** What it is most often. */
  readonly tag: TagId;
  /** All that it may be. */
  readonly tags: ReadonlySet<TagId>;
  /** The kind of words by which the rules of tagging call it, rather than by its tag; 0: none. */
  readonly kind: number;
  /** Whether it is part of a contraction, which is the same wherever it stands. */
  readonly isFixed: boolean;
}

/** A field of a word's record: which of its numbers holds it, a mask, how far to shift. The rest is not needed. */
const field = z.tuple([z.int(), z.int(), z.int()]).rest(z.unknown());

/**
 * What is needed of wink-nlp's model of English: some 88,000 words, each with a record of a few numbers that hold
 * several fields. `src/cache.js` of wink-nlp reads it so.
 */
const coreSchema = z.object({
  lexicon: z.instanceof(Uint32Array),
  xpansions: z.instanceof(Uint32Array),
  packing: z.object({
    size: z.int(),
    layout: z.object({
      lexemeCID: field,
      pos: field,
      posHint: field,
      lemma: field,
      normal: field,
      isContraction: field,
      isSpellingMapped: field,
    }),
  }),
  features: z.object({
    lexeme: z.object({ list: z.array(z.string()) }),
    posClusters: z.object({ list: z.array(z.set(z.int())) }),
  }),
  pos: z.object({ list: z.array(z.string()).refine((tags) => tags.join() === TAGS.join()) }),
});
type Field = keyof z.infer<typeof coreSchema>['packing']['layout'];

/** The model's types leave its parts open. */
const loader = z.custom<() => unknown>((value) => typeof value === 'function');
const { lexicon, xpansions, packing, features } = coreSchema.parse(loader.parse(model.core)());
const words = features.lexeme.list;
const numbers = new Map(words.map((word, number) => [word, number]));

/** A part of speech by its number; X, for anything else, where that is none. */
export function tagOf(id: TagId): Tag {
  const tag = TAGS[id];
  return tag === undefined || tag === 'UNK' ? 'X' : tag;
}

/** A word that the model has not, taken for what it looks like. */
export function unknownWord(tag: Tag): KnownWord {
  return { text: '', tag: TAGS.indexOf(tag), tags: new Set(), kind: 0, isFixed: false };
}

/** Whether the model has a word, in just this case. */
export function hasWord(word: string): boolean {
  return numbers.has(word);
}

/** What the model has of a word in just this case: one entry, or those of a contraction's parts; none if it has it not. */
export function lookUp(word: string): readonly KnownWord[] {
  const number = numbers.get(word);
  if (number === undefined) return [];
  return read(number, 'isContraction') === 1 ? partsOf(number) : [entryOf(word, number)];
}

function entryOf(text: string, number: number): KnownWord {
  const isMapped = read(number, 'isSpellingMapped') === 1;
  const mapped = isMapped ? read(number, 'lemma') : number;
  const normal = isMapped ? mapped : number + read(number, 'normal');
  return {
    text,
    tag: read(mapped, 'pos') || TAGS.indexOf('NOUN'),
    tags: tagsOf(normal),
    kind: read(number, 'posHint'),
    isFixed: false,
  };
}

/** A contraction's record points to four numbers for each of its parts: word, normal form, lemma, part of speech. */
function partsOf(number: number): KnownWord[] {
  const pointer = read(number, 'lemma');
  const first = pointer & 0x3fff;
  const last = first + ((pointer >>> 14) & 0x1f);
  const parts: KnownWord[] = [];
  for (let at = first; at < last; at += 4) {
    const [word = 0, normal = 0, , tag = 0] = xpansions.subarray(at, at + 4);
    parts.push({
      text: words[word] ?? '',
      tag,
      tags: tagsOf(normal),
      kind: read(word, 'posHint'),
      isFixed: true,
    });
  }
  return parts;
}

function tagsOf(number: number): ReadonlySet<TagId> {
  return features.posClusters.list[read(number, 'lexemeCID')] ?? new Set();
}

function read(number: number, name: Field): number {
  const [at, mask, shift] = packing.layout[name];
  return ((lexicon[number * packing.size + at] ?? 0) & mask) >>> shift;
}
