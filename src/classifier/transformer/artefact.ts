import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** A file of the transformer's that is missing, damaged, or not what this version of Stet can read. */
export class ArtefactError extends Error {
  override name = 'ArtefactError';

  /** @param file its name within the folder */
  constructor(
    readonly file: string,
    wrong: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${wrong}`, options);
  }
}

/** Where the files that come with the package are. */
export const SHIPPED = new URL('./weights/', import.meta.url);

/** The longest window that the encoder has places for, CLS and SEP included. */
export const LONGEST_WINDOW = 128;

const MANIFEST = 'manifest.json';

const fileName = z.string().regex(/^[\w.-]+$/, 'must be the name of a file in the same folder');
const checksum = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal digits');
const id = z.number().int().nonnegative();
const knots = z
  .array(z.tuple([z.number(), z.number().min(0).max(1)]))
  .min(1)
  .refine(rises, 'log odds and probabilities must rise from knot to knot');

const manifestSchema = z
  .object({
    format: z.literal('stet-transformer-1'),
    version: z.string().min(1),
    about: z.string(),
    graph: z.object({ file: fileName, sha256: checksum, bytes: z.number().int().positive() }),
    vocabulary: z.object({ file: fileName, sha256: checksum, size: z.number().int().positive() }),
    longest: z.literal(LONGEST_WINDOW),
    pieces: z.object({ PAD: z.literal(0), UNK: id, CLS: id, SEP: id }),
    markers: z.object({ author: id, participant: id }),
    heads: z
      .array(z.string())
      .min(1)
      .refine((names) => new Set(names).size === names.length, 'each head must be named once'),
    calibration: z.record(z.string(), knots),
    words: z.object({ threshold: z.number() }),
  })
  .refine(
    ({ pieces, markers, vocabulary }) =>
      [...Object.values(pieces), ...Object.values(markers)].every((each) => each < vocabulary.size),
    'pieces and markers must be of the vocabulary',
  )
  .refine(({ graph, version }) => graph.sha256.startsWith(version), {
    message: 'must be what the checksum of the graph begins with',
    path: ['version'],
  });

/** What `manifest.json` says of the encoder. */
export type Manifest = z.infer<typeof manifestSchema>;

/** How the log odds of a head become a probability: a line from knot to knot, and level beyond the ends. */
export type Knots = Manifest['calibration'][string];

function rises(points: readonly (readonly [number, number])[]): boolean {
  return points.every(([x, y], i) => {
    const before = points[i - 1];
    return before === undefined || (before[0] < x && before[1] <= y);
  });
}

/** The files of a transformer, verified. */
export interface Artefact {
  readonly manifest: Manifest;
  /** Pieces, each at the place that is its number. */
  readonly vocabulary: readonly string[];
  /** The path of the graph. It has been read once for its checksum, and not kept. */
  readonly graphFile: URL;
}

/**
 * Reads a transformer's files and verifies them by their checksums.
 * @param folder with a slash at its end
 * @throws ArtefactError which names the file and what is wrong with it
 */
export async function openArtefact(folder: URL): Promise<Artefact> {
  const manifest = parseManifest(await read(folder, MANIFEST));
  const graphFile = new URL(manifest.graph.file, folder);
  const [vocabulary] = await Promise.all([
    readVocabulary(folder, manifest),
    verifyGraph(graphFile, manifest),
  ]);
  return { manifest, vocabulary, graphFile };
}

function parseManifest(file: Buffer): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(file.toString('utf8'));
  } catch (cause) {
    throw new ArtefactError(MANIFEST, 'is no JSON', { cause });
  }
  const { success, data, error } = manifestSchema.safeParse(json);
  if (success) return data;
  throw new ArtefactError(MANIFEST, `does not describe a transformer: ${z.prettifyError(error)}`);
}

async function readVocabulary(folder: URL, { vocabulary }: Manifest): Promise<readonly string[]> {
  const file = await read(folder, vocabulary.file);
  requireChecksum(vocabulary.file, createHash('sha256').update(file).digest('hex'), vocabulary.sha256);
  const pieces = file.toString('utf8').replace(/\n$/, '').split('\n');
  if (pieces.length === vocabulary.size) return pieces;
  throw new ArtefactError(vocabulary.file, `has ${pieces.length} pieces, not ${vocabulary.size}`);
}

async function verifyGraph(path: URL, { graph }: Manifest): Promise<void> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (cause) {
    throw unreadable(graph.file, cause);
  }
  requireChecksum(graph.file, hash.digest('hex'), graph.sha256);
}

async function read(folder: URL, file: string): Promise<Buffer> {
  try {
    return await readFile(new URL(file, folder));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): ArtefactError {
  return new ArtefactError(file, `cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
    cause,
  });
}

function requireChecksum(file: string, found: string, expected: string): void {
  if (found !== expected)
    throw new ArtefactError(file, `is damaged: its SHA-256 is ${found}, not ${expected}`);
}
