import { type Comment, view } from '../../comment/comment.js';
import type { Reading } from '../reading.js';
import { ArtefactError, type Manifest, openArtefact, SHIPPED } from './artefact.js';
import { HEADS_IN_USE } from './heads.js';
import { NO_TOKEN, type Pieces, piecesOf } from './pieces.js';
import { joinScores, TransformerReading } from './reading.js';
import type { Window, WindowScores } from './session.js';
import { Vocabulary } from './vocabulary.js';
import { type Stretch, stretchesOf } from './windows.js';

/** What the encoder is to be asked about a comment. */
export interface Prepared {
  /** One at least. */
  readonly windows: readonly Window[];
  /** Share of the comment's pieces that the windows hold, 0 to 1. */
  readonly read: number;
}

/** All of reading by the transformer but the running of its graph, which takes a thread of its own. */
export interface Encoder {
  /** `transformer-` and the first twelve hexadecimal digits of the graph's SHA-256. */
  readonly version: string;
  /** The graph, verified; a session is opened with it. */
  readonly graphFile: URL;
  /** The windows of a comment, pure; the linear model says which come first where there are too many. */
  prepare(comment: Comment): Prepared;
  /** The reading that the scores of its windows make. */
  toReading(comment: Comment, prepared: Prepared, scores: readonly WindowScores[]): Reading;
}

/**
 * Reads and verifies the transformer's files.
 * @param folder with a slash at its end
 * @default the files that come with the package
 * @throws ArtefactError where a file is missing or damaged, or a head is missing that readings ask
 */
export async function openEncoder(folder: URL = SHIPPED): Promise<Encoder> {
  const { manifest, vocabulary, graphFile } = await openArtefact(folder);
  requireHeads(manifest);
  const version = `transformer-${manifest.version}`;
  const known = new Vocabulary(vocabulary, manifest.pieces.UNK);
  const placed = view((comment) => place(comment, piecesOf(comment, known, manifest.markers), manifest));
  return {
    version,
    graphFile,
    prepare: placed,
    toReading: (comment, prepared, scores) => {
      const { windows } = placed(comment);
      if (scores.length !== windows.length)
        throw new RangeError(`${scores.length} windows were scored of ${windows.length}`);
      const parts = scores.map((each, i) => ({ ...each, tokens: windows[i]?.tokens ?? new Int32Array(0) }));
      const joined = joinScores(comment.tokens.length, parts);
      return new TransformerReading(version, comment, joined, manifest, prepared.read);
    },
  };
}

/** A window that knows for each piece its token of the comment; CLS and SEP have none. */
interface PlacedWindow extends Window {
  readonly tokens: Int32Array;
}

function place(comment: Comment, pieces: Pieces, manifest: Manifest) {
  const { stretches, read } = stretchesOf(comment, pieces);
  return { windows: stretches.map((stretch) => frame(pieces, stretch, manifest.pieces)), read };
}

function frame(
  { ids, tokens }: Pieces,
  { from, to }: Stretch,
  { CLS, SEP }: Manifest['pieces'],
): PlacedWindow {
  return {
    ids: Int32Array.from([CLS, ...ids.slice(from, to), SEP]),
    tokens: Int32Array.from([NO_TOKEN, ...tokens.slice(from, to), NO_TOKEN]),
  };
}

function requireHeads({ heads, calibration }: Manifest): void {
  const missing = HEADS_IN_USE.filter((head) => !heads.includes(head) || calibration[head] === undefined);
  if (missing.length > 0)
    throw new ArtefactError('manifest.json', `has no calibrated head ${missing.join(', ')}`);
}
