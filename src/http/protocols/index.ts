import { akismet } from './akismet/protocol.js';
import { coral } from './coral/protocol.js';
import { openai } from './openai/protocol.js';
import { perspective } from './perspective/protocol.js';
import type { Protocol } from './protocol.js';

/** Every protocol beside the native API. The only list to extend. */
export const PROTOCOLS: readonly Protocol[] = [coral, akismet, perspective, openai];
