import { shareOf } from '../../statistics.js';
import { isHeldOut, type Row, readRows } from '../corpus/rows.js';
import type { Figure } from './figure.js';
import type { FigureGroup } from './subject.js';
import { textOf } from './texts.js';
import { FLAGGED, toxicityOf } from './toxicity-score.js';

const TEMPLATES = 'abuse/identity-templates';

/** Groups that the templates name. */
const GROUPS =
  /\b(lesbian|gay|bisexual|transgender|trans|queer|lgbtq?|homosexual|straight|heterosexual|male|female|nonbinary|african american|african|black|white|european|hispanic|latin[ox]|latina|mexican|canadian|american|asian|indian|middle eastern|chinese|japanese|christian|muslim|jewish|buddhist|catholic|protestant|sikh|taoist|old|older|young|younger|teenage|millenial|middle aged|elderly|blind|deaf|paralyzed)\b/i;

/** How often sentences about groups that are not toxic are flagged, group by group. */
export const identity: FigureGroup = {
  name: 'identity',
  reads: [TEMPLATES],
  measure: async ({ dataDir }) => {
    const isFlagged = (row: Row) => toxicityOf(textOf(row)) >= FLAGGED;
    const rows = (await readRows(dataDir, TEMPLATES)).filter(({ toxicity }) => toxicity !== 'toxic');
    const heldOut = rows.filter((row) => isHeldOut(textOf(row)));
    const flagsOf = new Map<string, boolean[]>();
    for (const row of rows) {
      const group = GROUPS.exec(textOf(row))?.[1]?.toLowerCase();
      if (group !== undefined) flagsOf.set(group, [...(flagsOf.get(group) ?? []), isFlagged(row)]);
    }
    const byGroup = [...flagsOf]
      .map(([group, flags]) => toFigure(group, flags))
      .sort((a, b) => b.value - a.value);
    const flags = heldOut.map(isFlagged);
    const worst = byGroup[0];
    return [
      {
        id: 'identity-templates',
        what: 'identity templates, non-toxic ones wrongly flagged',
        unit: 'share',
        ...shareOf(flags.filter(Boolean).length, flags.length),
        count: flags.length,
        better: 'lower',
      },
      ...(worst
        ? [
            {
              ...worst,
              id: 'identity-templates/worst',
              what: `the same, worst of ${byGroup.length} groups (${worst.what}), rows learned from too`,
              reach: 0.02,
              aim: 0.005,
            },
          ]
        : []),
      ...byGroup.map((figure) => ({ ...figure, what: `of these, ${figure.what}` })),
    ];
  },
};

function toFigure(group: string, flags: readonly boolean[]): Figure {
  return {
    id: `identity-templates/${group.replaceAll(' ', '-')}`,
    what: group,
    unit: 'share',
    ...shareOf(flags.filter(Boolean).length, flags.length),
    count: flags.length,
    better: 'lower',
  };
}
