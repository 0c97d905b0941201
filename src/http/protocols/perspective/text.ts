import { hasVisible } from '../../../text/visible.js';
import { invalidRequest, PerspectiveProblem } from './problems.js';
import type { AnalyzeRequest } from './schemas.js';

/**
 * The text of a comment that was sent.
 * @param longest in UTF-16 units
 * @throws PerspectiveProblem, in Perspective's own words
 */
export function readText(
  { comment, context }: Pick<AnalyzeRequest, 'comment' | 'context'>,
  longest: number,
): string {
  const { text, type } = comment ?? {};
  if (typeof text !== 'string' || !hasVisible(text)) {
    throw new PerspectiveProblem('Comment must be non-empty.', { errorType: 'COMMENT_EMPTY' });
  }
  if (text.length > longest) {
    throw new PerspectiveProblem(`Comment text too long: it must be at most ${longest} characters.`, {
      errorType: 'COMMENT_TOO_LONG',
    });
  }
  if (type === 'HTML') throw invalidRequest("Currently, only 'PLAIN_TEXT' comments are supported");
  if (type && type !== 'PLAIN_TEXT' && type !== 'TEXT_TYPE_UNSPECIFIED')
    throw invalidRequest('Unknown text type');
  if (context?.entries && context.articleAndParentComment) {
    throw invalidRequest(
      'Context can have either entries or article_and_parent_comment, but both fields were populated.',
    );
  }
  return text;
}
