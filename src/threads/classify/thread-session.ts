import type { Window, WindowScores } from '../../classifier/transformer/session.js';
import { type OpenSession, SessionLost } from '../../classifier/transformer/supervised-session.js';
import { ThreadPool } from '../pool.js';

/** What the thread answers. */
export type ClassifyAnswer =
  | { readonly ok: true; readonly scores: readonly WindowScores[] }
  | { readonly ok: false; readonly why: string };

/** What the thread's JavaScript may take, in MB; the weights and what the runtime works in are beside it. */
const MEMORY_MB = 128;

/**
 * Starts a thread with a session of the encoder in it: the runtime blocks the thread that calls it.
 * @param task another module than the package's own, built
 * @throws where the thread cannot be started, or has no session
 */
export async function openThreadSession(graphFile: URL, task?: URL): Promise<OpenSession> {
  const pool = new ThreadPool<readonly Window[], ClassifyAnswer>(task ?? 'classify', {
    threads: 1,
    memoryMb: MEMORY_MB,
    data: graphFile.href,
  });
  const run = async (windows: readonly Window[]) => {
    const answer = await pool.run(windows).catch((error: unknown) => {
      throw new SessionLost('the thread of the classifier has ended', { cause: error });
    });
    if (!answer.ok) throw new Error(answer.why);
    return answer.scores;
  };
  try {
    // No windows: it opens the session, and that is all.
    await run([]);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { run, close: () => pool.end() };
}
