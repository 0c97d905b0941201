import { z } from 'zod';
import { hasVisible } from '../text/visible.js';

/** How long the short texts of a comment may be (ids, names), its title and its address, in UTF-16 units. */
const NAME = 256;
const TITLE = 1000;
const ADDRESS = 2048;
/** How many other readers a comment may be told of. */
const PARTICIPANTS = 100;

function text(most: number) {
  const must = `must be a string of 1 to ${most} characters`;
  return z.string(must).min(1, { error: must, abort: true }).max(most, { error: must, abort: true });
}

/** An object whose message says what it should be like. */
export function object<Shape extends z.ZodRawShape>(shape: Shape, example: string) {
  return z.object(shape, `must be an object like ${example}`);
}

const names = `must be an array of at most ${PARTICIPANTS} names`;

/**
 * Schemas of comments as they are sent. Each message completes "this field ..." and `readAs` adds what it got. Fields that are
 * not named here are passed over: sites may send what they have.
 * @param maxCommentChars longest text of a comment, in UTF-16 units
 */
export function commentSchemas(maxCommentChars: number) {
  const user = object(
    {
      id: text(NAME).meta({ description: 'The same for all comments of one user; never logged.' }),
      name: text(NAME).optional(),
      tier: text(NAME).optional().meta({
        description:
          "Which limits are the user's: a tier of limits.yaml. One that it does not have counts as default.",
      }),
    },
    '{"id": "reader-42"}',
  );
  const context = object(
    {
      url: text(ADDRESS)
        .optional()
        .meta({ description: 'Address of the article: rules may apply to some sections only.' }),
      title: text(TITLE).optional().meta({ description: 'Title of the article.' }),
      author: text(NAME).optional().meta({ description: 'Author of the article.' }),
      participants: z.array(text(NAME), names).max(PARTICIPANTS, names).optional().meta({
        description: 'Names of those who have commented here: whom a personal attack may be aimed at.',
      }),
      parent: text(maxCommentChars).optional().meta({ description: 'The comment that this one answers.' }),
    },
    '{"url": "https://news.example/world/article1.ece"}',
  ).meta({ description: 'Where the comment stands, and among whom.' });
  const comment = object(
    {
      id: text(NAME)
        .optional()
        .meta({ description: "The site's own id of the comment; comes back with the verdict." }),
      text: text(maxCommentChars)
        .refine(hasVisible, 'must have at least one visible character')
        .meta({ description: 'Plain text, as the commenter wrote it.' }),
      user: user.optional(),
      context: context.optional(),
    },
    '{"text": "...", "user": {"id": "reader-42"}}',
  ).meta({ id: 'Comment', example: { id: EXAMPLE.id, text: EXAMPLE.text, context: EXAMPLE.context } });
  return {
    /** A comment, by whomever. */
    comment,
    /** A comment whose user's limits are to be kept. */
    usersComment: comment.extend({ user }).meta({ id: 'UsersComment', example: EXAMPLE }),
  };
}

/** A comment as a site may send it, for descriptions of the API. */
export const EXAMPLE = {
  id: 'c-81f3',
  text: 'Your whole family are traitors.',
  user: { id: 'reader-42', name: 'Asha' },
  context: {
    url: 'https://news.example/world/article1.ece',
    title: 'N. Korea needs security guarantees',
    author: 'Reuters',
    participants: ['Ravi K.', 'Meena'],
    parent: 'I do not agree with the author.',
  },
};

/** A comment that was sent, checked. */
export type SentComment = z.infer<ReturnType<typeof commentSchemas>['comment']>;

/** Room for what is sent beside the text of a comment, in bytes. */
const CONTEXT_BYTES = 64 * 1024;
/** A UTF-16 unit takes six bytes where JSON has it as \uXXXX. */
const BYTES_A_UNIT = 6;

/**
 * The most bytes that a comment may take as JSON.
 * @param maxCommentChars longest text, in UTF-16 units
 */
export function mostBytes(maxCommentChars: number): number {
  return maxCommentChars * BYTES_A_UNIT + CONTEXT_BYTES;
}
