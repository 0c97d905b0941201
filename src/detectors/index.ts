import type { Detector } from './detector.js';
import { flood } from './flood.js';
import { fullSentences } from './full-sentences.js';
import { insults } from './insults.js';
import { language } from './language.js';
import { links } from './links.js';
import { lowerCase } from './lower-case.js';
import { patterns } from './patterns.js';
import { phrases } from './phrases.js';
import { profanity } from './profanity.js';
import { repetition } from './repetition.js';
import { shouting } from './shouting.js';
import { textSpeak } from './text-speak.js';
import { toxicity } from './toxicity.js';

/** Every kind of detector. The only list to extend. */
export const DETECTORS: readonly Detector[] = [
  phrases,
  patterns,
  profanity,
  insults,
  toxicity,
  language,
  fullSentences,
  shouting,
  lowerCase,
  textSpeak,
  links,
  repetition,
  flood,
];
