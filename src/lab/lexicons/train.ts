import { writeLanguageModel } from '../../detectors/language/letter-model.js';
import { buildLexicon } from './build.js';
import { learnLetters } from './letters.js';
import { readLanguageTexts } from './texts.js';

/** The learned files of language, path in the sources to content. */
export type LanguageFiles = Readonly<Record<string, string | Buffer>>;

/**
 * Learns the words and the letters of English and of other languages.
 * @param dataDir as for `readLanguageTexts`
 * @param keep as for `readLanguageTexts`
 * @returns the files; the same data gives the same bytes
 * @throws as `readLanguageTexts` does
 */
export async function trainLanguage(
  dataDir: string,
  keep?: (text: string) => boolean,
): Promise<LanguageFiles> {
  const { english, cleanEnglish, others } = await readLanguageTexts(dataDir, keep);
  const lexicon = buildLexicon({ english: cleanEnglish, others });
  return {
    'text/words/english.txt': lexicon['english.txt'],
    'text/words/foreign.txt': lexicon['foreign.txt'],
    'text/words/trigrams.txt': lexicon['trigrams.txt'],
    'detectors/language/weights.bin': writeLanguageModel(learnLetters(english, [...others.values()].flat())),
  };
}
