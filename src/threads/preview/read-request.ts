import type { z } from 'zod';
import { isDraftName } from '../../guidelines/files/overlay.js';
import { nameFaults, WireError } from '../../wire/faults.js';
import { toPointer } from '../../wire/pointer.js';
import type { previewRequest } from '../../wire/preview.js';
import { readAs } from '../../wire/read-as.js';
import { readJson } from '../../wire/read-json.js';

/** A preview may have five hundred comments of a hundred names each, and is read where that delays nobody. */
const ANY = Number.POSITIVE_INFINITY;

/** What a preview is asked for with. */
export type PreviewRequest = z.infer<ReturnType<typeof previewRequest>>;

/**
 * Reads the body of a preview. One of 2 MB may take half a second: not for the main thread.
 * @throws WireError where it is no JSON, or fields of it cannot be used
 */
export function readPreviewRequest(
  bytes: Uint8Array,
  schema: ReturnType<typeof previewRequest>,
): PreviewRequest {
  const request = readAs(schema, readJson(bytes, 'body', ANY), 'body');
  checkNames(Object.keys(request.files));
  return request;
}

function checkNames(names: readonly string[]): void {
  const faults = names
    .filter((name) => !isDraftName(name))
    .map((name) => ({
      pointer: toPointer(['files', name]),
      detail: 'is not named like a rule file or a list; write a name like abuse.yaml or lists/insults.txt',
    }));
  if (faults.length === 0) return;
  const { named, more } = nameFaults(faults);
  throw new WireError(
    'invalid-fields',
    'Not every name under "files" can stand in a rules folder: see errors.',
    named,
    more,
  );
}
