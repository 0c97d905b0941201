import { z } from 'zod';
import { entriesOf } from '../matching/phrase.js';
import { hostOf } from '../text/addresses.js';
import { sourceSpan } from '../text/fold.js';
import { type Detector, type Evidence, NOTHING, OptionError } from './detector.js';

const options = z
  .strictObject({
    allow: z
      .array(z.string())
      .default([])
      .describe(
        'Sites that may be linked to, such as thehindu.com; what stands before that name (www., m.) is allowed with it. A {name} stands for a list.',
      ),
    emails: z.boolean().default(false).describe('Whether e-mail addresses count as links.'),
  })
  .describe('Fires on links.');

/** Links, also in disguise and spelled out: see `findLinks`. */
export const links: Detector<typeof options> = {
  name: 'links',
  options,
  prepare: ({ allow, emails }, lists) => {
    const allowed = entriesOf(allow, lists).map(toAllowedHost);
    return {
      detect: ({ folded, links }) => {
        const spans = links
          .filter(({ kind }) => emails || kind !== 'email')
          .filter(({ host }) => !allowed.some((site) => host === site || host.endsWith(`.${site}`)))
          .map(({ start, end, score }): Evidence => ({ ...sourceSpan(folded, start, end), score }));
        if (spans.length === 0) return NOTHING;
        const score = spans.reduce((most, { score = 0 }) => Math.max(most, score), 0);
        return { score, spans, note: spans.length === 1 ? '1 link' : `${spans.length} links` };
      },
    };
  },
};

function toAllowedHost(site: string): string {
  const host = hostOf(site.trim());
  if (host.includes('.')) return host;
  throw new OptionError(`allow: "${site}" is no site; write its name as in an address, like thehindu.com`, [
    'allow',
  ]);
}
