import type { Detector } from './detector.js';
import { insults } from './insults.js';
import { language } from './language.js';
import { patterns } from './patterns.js';
import { phrases } from './phrases.js';
import { profanity } from './profanity.js';

/** Every kind of detector. The only list to extend. */
export const DETECTORS: readonly Detector[] = [phrases, patterns, profanity, insults, language];
