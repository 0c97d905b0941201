import { readFileSync } from 'node:fs';
import { type Model, readModel } from './model.js';

let model: Model | undefined;

/**
 * The model that comes with the package; `lab train` makes it. Read when first asked for, so that a new one can be
 * trained where the old one has another format.
 * @throws ModelError where the file is damaged
 */
export function shippedModel(): Model {
  model ??= readModel(readFileSync(new URL('./weights.bin', import.meta.url)));
  return model;
}
