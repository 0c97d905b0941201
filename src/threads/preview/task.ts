import { createPreviewer } from './run-preview.js';

/** The task of the pool that `PreviewThread` has. */
export default createPreviewer();
