import { roomSettings, setting, wholeNumber } from '../settings/setting.js';

/** How many requests of a key may be in a lane at once. */
export interface LaneSettings {
  readonly batchesPerKey: number;
  readonly bulkRequestsPerKey: number;
  readonly previewsPerKey: number;
}

export const laneSettings = roomSettings(
  {
    BATCHES_PER_KEY: setting(wholeNumber(1, 1000), {
      about:
        'Batches of a key that are judged at once, half as many again of all keys together; more wait ten seconds for a place, then get 503.',
      fallback: '32',
    }),
    BULK_REQUESTS_PER_KEY: setting(wholeNumber(1, 1000), {
      about:
        "Requests of a key with many texts (arrays by OpenAI's protocol) that are judged at once, half as many again of all keys together; more wait ten seconds for a place, then get 503.",
      fallback: '16',
    }),
    PREVIEWS_PER_KEY: setting(wholeNumber(1, 100), {
      about:
        'Previews of a key that may be under way, half as many again of all keys together; more get 503 at once.',
      fallback: '5',
    }),
  },
  (read): LaneSettings => ({
    batchesPerKey: read.BATCHES_PER_KEY,
    bulkRequestsPerKey: read.BULK_REQUESTS_PER_KEY,
    previewsPerKey: read.PREVIEWS_PER_KEY,
  }),
);
