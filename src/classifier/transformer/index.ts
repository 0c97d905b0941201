export { ArtefactError } from './artefact.js';
export { type Encoder, openEncoder, type Prepared } from './encoder.js';
export { openOnnxSession, RuntimeError, type SessionOptions } from './onnx-session.js';
export type { Session, Window, WindowScores } from './session.js';
