import { type Reloading, startReloading } from '../reload/reloading.js';
import { shareOf, within } from './figures.js';

// How soon a change to the rules is in force under load, over 112 changes of files and 20 of a ConfigMap.

const LONGEST_MS = 600_000;
const MOST_MS = 1000;

async function withReloading(
  kind: 'files' | 'ConfigMap',
  run: (reloading: Reloading) => Promise<number[]>,
): Promise<number[]> {
  const reloading = await startReloading(kind);
  try {
    return await run(reloading);
  } finally {
    await reloading.end();
  }
}

within(
  MOST_MS,
  '99 of 100 changes of files, until they are in force',
  async () => {
    const took = await withReloading('files', async (reloading) => {
      const all: number[] = [];
      for (let time = 0; time < 7; time++) all.push(...(await reloading.goThroughStates()));
      return all;
    });
    return shareOf(took, 0.99);
  },
  LONGEST_MS,
);

within(
  MOST_MS,
  '99 of 100 swaps of a ConfigMap, until they are in force',
  async () => shareOf(await withReloading('ConfigMap', (reloading) => reloading.swapConfigMap(20)), 0.99),
  LONGEST_MS,
);
