import type { LabelledSet, WrittenSet } from '../labelled-set.js';
import { civilCommentsDev, civilCommentsTrain } from './civil-comments-spans.js';
import { davidsonTweets } from './davidson-tweets.js';
import { forumHate } from './forum-hate.js';
import { identitySentences } from './identity-sentences.js';
import { identityTemplates } from './identity-templates.js';
import { innocentWords } from './innocent-words.js';
import { jigsawBalanced } from './jigsaw-balanced.js';
import { jigsawSample } from './jigsaw-sample.js';
import { jigsawSixLabels } from './jigsaw-six-labels.js';
import { wikipediaTalk } from './wikipedia-talk.js';
import { wikipediaToxicity } from './wikipedia-toxicity.js';

/** Every set that the shipped weights are learned from. The only list to extend. */
export const LABELLED_SETS: readonly (LabelledSet | WrittenSet)[] = [
  jigsawBalanced,
  jigsawSample,
  jigsawSixLabels,
  wikipediaTalk,

  wikipediaToxicity,
  identityTemplates,
  identitySentences,
  innocentWords,
  davidsonTweets,
  forumHate,
  civilCommentsTrain,
  civilCommentsDev,
];
