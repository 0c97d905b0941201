import type { Detector } from './detector.js';

/** Every kind of detector, by name. The only list to extend. */
export const DETECTORS: readonly Detector[] = [];
