import type { Judgement } from './judgement.js';

/** Is told of every judgement, after the verdict is known: metrics, a store of decisions. Must not take long. */
export type Watcher = (judgement: Judgement) => void;

/**
 * One watcher of many. One that throws costs neither the comment nor the others anything.
 * @param onFault is told what was thrown
 */
export function watchAll(watchers: readonly Watcher[], onFault: (error: unknown) => void): Watcher {
  return (judgement) => {
    for (const watch of watchers) {
      try {
        watch(judgement);
      } catch (error) {
        onFault(error);
      }
    }
  };
}
