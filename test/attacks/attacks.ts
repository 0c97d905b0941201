import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Service } from '../helpers/service.js';
import {
  ATTACKER_KEY,
  bigRule,
  EMPTY_FIELDS,
  json,
  keysOf,
  LONGEST,
  ordinary,
  ruleOf,
  STEEP_TEXTS,
} from './bodies.js';
import type { Plan } from './plan.js';

/** Something that somebody does to a service so that others wait. */
export interface Attack {
  readonly name: string;
  /** What is sent, for the table. */
  readonly load: string;
  /** Whether `npm test` tries it too, for a shorter time. */
  readonly inShort?: true;
  /** How many times as long as others it lasts in full. */
  readonly times?: number;
  /** Arguments of the service's Node. */
  readonly node?: readonly string[];
  readonly plan?: Plan;
  /** What is done beside the plan. Returns what ends it. */
  readonly begin?: (field: Field) => () => void;
}

/** Where an attack takes place. */
export interface Field {
  readonly service: Service;
  /** Where the service's log comes out of its pipe. */
  readonly log: Readable;
  /** The service's folder of rules, which is this trial's own. */
  readonly rules: string;
}

/** Only bounds what an attacker may send in the time that it has. */
const MANY = 1_000_000;

/** All attacks, in the order of the table. */
export const ATTACKS: readonly Attack[] = [
  {
    name: 'texts that were quadratic to judge',
    load: 'nine kinds of 10,000 characters in turn, one a second',
    inShort: true,
    plan: { kind: 'flood', connections: 4, perSecond: 1, most: MANY, requests: STEEP_TEXTS },
  },
  {
    name: 'a preview that is wrong everywhere',
    load: '80,000 file names of three letters with 0 for a text, over and over',
    plan: {
      kind: 'flood',
      connections: 1,
      most: MANY,
      requests: [json('/v1/rules/preview', { files: keysOf(80_000, 0), comments: [{ text: 'Yes.' }] })],
    },
  },
  {
    name: 'comments that are wrong everywhere',
    load: 'a preview of 500 comments of 100 bad participants, over and over',
    inShort: true,
    plan: {
      kind: 'flood',
      connections: 1,
      most: MANY,
      requests: [
        json('/v1/rules/preview', {
          files: { 'mine.yaml': null },
          comments: Array(500).fill({ text: 'Yes.', context: { participants: Array(100).fill(1) } }),
        }),
      ],
    },
  },
  {
    name: 'attributes that nobody has',
    load: "15,600 bad requestedAttributes by Perspective's protocol, over and over",
    plan: {
      kind: 'flood',
      connections: 1,
      most: MANY,
      requests: [
        json('/v1alpha1/comments:analyze', {
          comment: { text: 'Yes.' },
          requestedAttributes: keysOf(15_600, 0),
        }),
      ],
    },
  },
  {
    name: 'forms without a key, 20 connections',
    load: '77,000 fields to /1.1/comment-check, over and over',
    plan: { kind: 'flood', connections: 20, most: MANY, requests: [EMPTY_FIELDS] },
  },
  {
    name: 'forms without a key, 60 connections',
    load: 'the same',
    inShort: true,
    plan: { kind: 'flood', connections: 60, most: MANY, requests: [EMPTY_FIELDS] },
  },
  {
    name: 'batches',
    load: '30 at once, each of 2,000 ordinary comments of 340 characters, over and over',
    inShort: true,
    plan: {
      kind: 'flood',
      connections: 30,
      most: MANY,
      requests: [
        {
          method: 'POST',
          path: '/v1/comments/batch',
          headers: { authorization: `Bearer ${ATTACKER_KEY}`, 'content-type': 'application/x-ndjson' },
          body: `${JSON.stringify({ text: ordinary(340) })}\n`.repeat(2000),
        },
      ],
    },
  },
  {
    name: "OpenAI's protocol in bulk",
    load: '100 requests at once, each of 32 ordinary texts of 10,000 characters, over and over',
    inShort: true,
    plan: {
      kind: 'flood',
      connections: 100,
      most: MANY,
      requests: [json('/v1/moderations', { input: Array(32).fill(ordinary(LONGEST)) })],
    },
  },
  {
    name: 'a log that nobody reads',
    load: 'standard output is a pipe that stalls; 8 connections ask for what there is not',
    begin: ({ log }) => {
      log.pause();
      return () => log.resume();
    },
    plan: {
      kind: 'flood',
      connections: 8,
      most: MANY,
      requests: [
        { method: 'GET', path: '/v1/nothing', headers: { authorization: `Bearer ${ATTACKER_KEY}` } },
      ],
    },
  },
  {
    name: 'idle connections',
    load: '4,096 without a key, opened anew when closed',
    plan: { kind: 'idle', connections: 4096, most: 40_000 },
  },
  {
    name: 'wrong keys',
    load: '16 connections, each time another key',
    inShort: true,
    plan: {
      kind: 'flood',
      connections: 16,
      most: MANY,
      requests: [
        {
          method: 'POST',
          path: '/v1/comments',
          headers: { authorization: 'Bearer a-key-that-is-made-up-{n}', 'content-type': 'application/json' },
          body: JSON.stringify({ text: 'Yes.' }),
        },
      ],
    },
  },
  {
    name: 'made-up users',
    load: '8 connections, each comment of another user, 400,000 at most; a heap of 160 MB',
    times: 12,
    node: ['--max-old-space-size=160'],
    plan: {
      kind: 'flood',
      connections: 8,
      most: 400_000,
      requests: [json('/v1/comments', { text: 'I agree with it.', user: { id: 'made-up-{n}' } })],
    },
  },
  {
    name: 'e-mail addresses that a commenter makes up',
    load: "40 comments from one address by Akismet's protocol, 8 a second",
    plan: {
      kind: 'flood',
      connections: 4,
      perSecond: 8,
      most: 40,
      requests: [
        {
          method: 'POST',
          path: '/1.1/comment-check',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            api_key: ATTACKER_KEY,
            blog: 'https://blog.example',
            user_ip: '192.0.2.7',
            comment_content: 'I agree with it.',
          })
            .toString()
            .concat('&comment_author_email=made-up-{n}%40mail.example'),
        },
      ],
    },
  },
  {
    name: 'previews',
    load: '8 connections, each draft with 500 comments of 340 characters, over and over',
    plan: {
      kind: 'flood',
      connections: 8,
      most: MANY,
      requests: [
        json('/v1/rules/preview', {
          files: { 'mine.yaml': ruleOf(['council']) },
          comments: Array(500).fill({ text: ordinary(340) }),
        }),
      ],
    },
  },
  {
    name: 'a big file of rules, reloaded',
    load: 'a rule of 1 MB, changed every two seconds',
    begin: ({ rules }) => {
      let changes = 0;
      const change = () => writeFileSync(join(rules, 'mine.yaml'), bigRule(changes++));
      change();
      const timer = setInterval(change, 2000);
      return () => clearInterval(timer);
    },
  },
];
