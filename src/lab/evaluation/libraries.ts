import { Filter } from 'bad-words';
import { franc } from 'franc';

/** A plain library, asked one question of a text. */
export interface Library {
  readonly name: string;
  readonly says: (text: string) => boolean;
}

/** The libraries to measure beside. */
export interface Libraries {
  /** Whether a text is in another language than English. */
  readonly notEnglish: readonly Library[];
  /** Whether a text has an obscene word. */
  readonly obscene: readonly Library[];
  /** Those that are not installed, and so are in no figure. */
  readonly missing: readonly string[];
}

/**
 * Loads the plain libraries with their own settings. Where a library of languages cannot tell, it is taken to say
 * English. `eld` and `obscenity` are only there to compare with, so a paper's installation may lack them.
 */
export async function loadLibraries(): Promise<Libraries> {
  const filter = new Filter();
  const [eld, obscenity] = await Promise.all([loadEld(), loadObscenity()]);
  return {
    notEnglish: [
      { name: 'franc', says: (text) => !['eng', 'und'].includes(franc(text)) },
      ...(eld ? [eld] : []),
    ],
    obscene: [
      { name: 'bad-words', says: (text) => filter.isProfane(text) },
      ...(obscenity ? [obscenity] : []),
    ],
    missing: [...(eld ? [] : ['eld']), ...(obscenity ? [] : ['obscenity'])],
  };
}

async function loadEld(): Promise<Library | undefined> {
  const loaded = await ifInstalled(() => import('eld/small'));
  return loaded && { name: 'eld', says: (text) => !['en', ''].includes(loaded.eld.detect(text).language) };
}

async function loadObscenity(): Promise<Library | undefined> {
  const loaded = await ifInstalled(() => import('obscenity'));
  if (!loaded) return undefined;
  const { RegExpMatcher, englishDataset, englishRecommendedTransformers } = loaded;
  const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
  return { name: 'obscenity', says: (text) => matcher.hasMatch(text) };
}

async function ifInstalled<T>(load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
