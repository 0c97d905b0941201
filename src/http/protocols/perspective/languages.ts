import { MOST_FAULTS } from '../../../wire/faults.js';
import type { AskedAttribute } from './attributes.js';
import { PerspectiveProblem } from './problems.js';

/**
 * The languages a comment is scored in: those that the request names, or else the one it seems to be in.
 * @throws PerspectiveProblem where English is not among them
 */
export function readLanguages(
  asked: readonly string[],
  detected: string,
  [first]: readonly AskedAttribute[],
): string[] {
  const languages = asked.length > 0 ? [...asked] : [detected];
  if (languages.some(isEnglish)) return languages;
  const attribute = first?.name ?? '';
  // What comes back must not grow with what was sent.
  const named = languages.slice(0, MOST_FAULTS);
  throw new PerspectiveProblem(
    `Attribute ${attribute} does not support request languages: ${named.join(', ')}`,
    {
      errorType: 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE',
      languageNotSupportedByAttributeError: {
        attribute,
        ...(asked.length > 0 ? { requestedLanguages: named } : { detectedLanguages: named }),
      },
    },
  );
}

/** `en`, `EN`, `en-IN`. */
function isEnglish(language: string): boolean {
  return /^en(?:[-_]|$)/i.test(language);
}
