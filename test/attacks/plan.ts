/** What an attacker does; `attacker-process.mjs` carries it out. */
export type Plan = Flood | Idle;

interface Connections {
  /** How many at once. */
  readonly connections: number;
  /** After so many requests, or connections, it stops. */
  readonly most: number;
}

/** Requests, one after the other over each connection. */
export interface Flood extends Connections {
  readonly kind: 'flood';
  /** Over all connections together; left out: as fast as they are answered. */
  readonly perSecond?: number;
  /** They take turns. */
  readonly requests: readonly AttackRequest[];
}

/** In path, fields and body `{n}` stands for the number of the request. */
export interface AttackRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Connections over which nothing is sent. As many as asked for, or as this process may have files. */
export interface Idle extends Connections {
  readonly kind: 'idle';
}

/** What the attacker was answered. */
export interface AttackReport {
  readonly sent: number;
  /** By status, or by what went wrong. */
  readonly outcomes: Readonly<Record<string, number>>;
}
