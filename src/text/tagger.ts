import winkModel from 'wink-eng-lite-web-model';
import winkNLP, { type ItemSentence, type PartOfSpeech } from 'wink-nlp';

/** A word, number or sign of a sentence. */
export interface TaggedWord {
  /** As written; contractions are two words: `do`, `n't`. */
  readonly text: string;
  readonly tag: PartOfSpeech;
  /** Offsets into the text that was tagged; `end` excluded. */
  readonly start: number;
  readonly end: number;
}

/** A sentence, by wink-nlp's sentence boundaries. */
export interface TaggedSentence {
  readonly words: readonly TaggedWord[];
  readonly start: number;
  readonly end: number;
}

const nlp = winkNLP(winkModel, ['sbd', 'pos']);

/** Splits a text into sentences and tags each word with its part of speech (Universal Dependencies' tag set). */
export function tagSentences(text: string): TaggedSentence[] {
  const sentences: TaggedSentence[] = [];
  let at = 0;
  nlp
    .readDoc(text)
    .sentences()
    .each((sentence: ItemSentence) => {
      const tokens = sentence.tokens();
      const values = tokens.out();
      const tags = tokens.out(nlp.its.pos) as PartOfSpeech[];
      const gaps = tokens.out(nlp.its.precedingSpaces);
      const words: TaggedWord[] = [];
      values.forEach((value, i) => {
        const start = at + (gaps[i]?.length ?? 0);
        at = start + value.length;
        words.push({ text: value, tag: tags[i] ?? 'X', start, end: at });
      });
      const first = words[0];
      if (first) sentences.push({ words, start: first.start, end: at });
    });
  return sentences;
}
