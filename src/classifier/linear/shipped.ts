import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Model, readModel } from './model.js';

let shipped: { readonly model: Model; readonly version: string } | undefined;

/** Read when first asked for, so that a new one can be trained where the old one has another format. */
function load() {
  if (!shipped) {
    const file = readFileSync(new URL('./weights.bin', import.meta.url));
    const digest = createHash('sha256').update(file).digest('hex');
    shipped = { model: readModel(file), version: `linear-${digest.slice(0, 12)}` };
  }
  return shipped;
}

/**
 * The model that comes with the package; `lab train` makes it.
 * @throws ModelError where the file is damaged
 */
export function shippedModel(): Model {
  return load().model;
}

/**
 * The version of that model, as verdicts name it: `linear-` and the first twelve hexadecimal digits of the SHA-256
 * of its file.
 * @throws ModelError where the file is damaged
 */
export function shippedVersion(): string {
  return load().version;
}
