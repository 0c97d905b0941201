import { Comment } from '../../src/comment/comment.js';
import { aimOf } from '../../src/comment/target.js';

const CONTEXT = { author: 'N. Ram', participants: ['Ravi K.', 'Meena'] };

/** Every word that abuses in the texts below. */
const ABUSE = new Set(
  'idiot idiots moron fool stupid stooge imbecile liar thief clown traitors troll idiotic'.split(' '),
);

function aim(text: string): string {
  const comment = new Comment(text, CONTEXT);
  const isAbusive = (at: number) => ABUSE.has(comment.tokens[at]?.word ?? '');
  const from = comment.tokens.findIndex((_, at) => isAbusive(at));
  const { target, disowned } = aimOf(comment, from, from + 1, isAbusive);
  return disowned ? `${target}, disowned` : target;
}

test.each<[text: string, target: string, why: string]>([
  ['You are an idiot.', 'reader', 'spoken to'],
  ["You're such an idiot!", 'reader', 'contracted'],
  ['u r a moron', 'reader', 'abbreviated'],
  ['youre a moron', 'reader', 'without the apostrophe'],
  ['ur an idiot', 'reader', 'abbreviated and contracted'],
  ['You must be a complete idiot.', 'reader', 'with a modal verb'],
  ['You will always be a fool.', 'reader', 'with a modal verb and an adverb'],
  ['You sound like an idiot.', 'reader', 'by comparison'],
  ['Are you an idiot?', 'reader', 'in a question'],
  ['You utter moron!', 'reader', 'called so'],
  ['you stupid idiot', 'reader', 'with another insult between'],
  ['You people are idiots.', 'reader', 'spoken to among others'],
  ['People like you are idiots.', 'reader', 'spoken to among others'],
  ['Idiots like you ruined us.', 'reader', 'likened to'],
  ['Read the article before you write, moron.', 'reader', 'called so at the end'],
  ['You are a liar and a thief.', 'reader', 'the first of two'],
  ['Are you really this stupid?', 'reader', 'in a question with an adverb'],
  ['You are a bald faced liar.', 'reader', 'two words after the article'],
  ["Don't be a moron.", 'reader', 'a command'],
  ['Stop being a fool.', 'reader', 'a command'],
  ['You are as stupid as ever.', 'reader', 'compared'],
  ['They speak of those who differ from you as stupid.', 'others', 'named by others'],
  ['Politicians are idiots.', 'others', 'a plural that opens a sentence'],
  ["Trump's an idiot.", 'name', 'contracted'],
  ["He kicked God's fool.", 'others', 'owned by a name'],
  ['Your an idiot.', 'reader', 'your for you are'],
  ['hey ignorant lib troll of stupid ideas', 'reader', 'hailed'],
  ['That idiot Trudeau is in power.', 'name', 'before a name'],
  ['Idiot!', 'bare', 'nobody is named'],
  ['What an idiot!', 'bare', 'nobody is named'],
  ['Read it again, fool.', 'bare', 'a command and a name to call'],
  ['The author is an idiot.', 'author', 'who wrote it'],
  ['This idiot author again.', 'author', 'before the noun'],
  ['The author of this piece is a moron.', 'author', 'with a phrase between'],
  ['Whoever wrote this is a moron.', 'author', 'by what they did'],
  ['N. Ram is a stooge.', 'author', 'by the name that the site gave'],
  ['Ravi is an idiot.', 'participant', 'by a name that the site gave'],
  ['Meena, as always, is a troll.', 'participant', 'with an aside'],
  ['Your whole family are traitors.', 'family', 'of the reader'],
  ['Your brain is idiotic.', 'reader', 'by a part'],
  ['He is an idiot.', 'person', 'of a third person'],
  ['That man is a clown.', 'person', 'of a third person'],
  ['Modi is a clown.', 'name', 'of somebody in the news'],
  ['I am not an idiot.', 'self, disowned', 'of the commenter'],
  ['I was a fool to believe it.', 'self', 'of the commenter'],
  ['You are not an idiot.', 'reader, disowned', 'denied'],
  ["You aren't an idiot.", 'reader, disowned', 'denied by contraction'],
  ['He called you an idiot.', 'reader, disowned', 'told of another'],
  ['I call you an idiot.', 'reader', 'said by the commenter'],
  ['He called me a moron.', 'self', 'told of another, of the commenter'],
  ['Your argument is idiotic.', 'others', 'of an argument'],
  ["The author's argument is idiotic.", 'others', 'of an argument, owned'],
  ['ur stupid argument fails', 'others', 'of an argument, abbreviated'],
  ['This is a stupid policy.', 'others', 'of a policy'],
  ['The policy you praise is idiotic.', 'others', 'of a policy, with the reader near'],
  ['It is stupid.', 'others', 'of a thing'],
  ['They are idiots.', 'others', 'of nobody in particular'],
  ['You know that the budget is idiotic.', 'others', 'of a thing, with the reader in another clause'],
])('%s → %s', (text, target) => {
  expect(aim(text)).toBe(target);
});
